import { parseArgs } from 'node:util'
import { explore, exploreFactors } from './explore.ts'

// `npm run model -- --runs 5000` does many more runs than the tests, each time from another seed.
const usage =
  'Usage: npm run model -- [--runs 1000] [--seed <number>] [--path <path>] [--database sqlite|postgres] [--model sessions|factors] [--quick]'
if (process.argv.includes('--help')) {
  process.stdout.write(`${usage}\n`)
  process.exit(0)
}
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    path: { type: 'string' },
    database: { type: 'string', default: 'sqlite' },
    model: { type: 'string', default: 'sessions' },
    quick: { type: 'boolean' },
  },
})
const [runs, seed] = [Number(values.runs), Number(values.seed)]
if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed)) {
  throw new Error('--runs and --seed are whole numbers.')
}
const kind = values.database
if (kind !== 'sqlite' && kind !== 'postgres') throw new Error('--database is sqlite or postgres.')

const { model } = values
if (model !== 'sessions' && model !== 'factors') throw new Error('--model is sessions or factors.')

const started = performance.now()
const run = model === 'factors' ? exploreFactors : explore
const found = await run({ kind, runs, seed, path: values.path, quick: values.quick })
const seconds = Math.round((performance.now() - started) / 1_000)
const calm = `${runs} runs on ${kind} from seed ${seed} in ${seconds} s: servers and model agree.`
process.stdout.write(`${found ?? calm}\n`)
process.exitCode = found === null ? 0 : 1
