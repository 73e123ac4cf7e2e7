// Runs a benchmark: `npm run bench -- account-me --rounds 5`. Without a name it lists them. With `--build`,
// which `npm run bench` passes, it first builds what changed. bench/README.md has their targets and options.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const benchmarks: Readonly<Record<string, string>> = {
  'account-me': 'a signed-in call beside an empty Express route',
  'address-timing': 'whether the response time reveals a known address',
  'client-types': 'the compile time of the packed client',
  'durable-commits': 'commits of notes and reads on SQLite',
  growth: 'calls on databases of 1,000 to a million users',
  'growth-seed': 'fills a database with many users, and measures nothing',
  lighthouse: 'the scores of the log-in page and the notes',
  'login-timing': 'whether the response time reveals a known user name',
  'many-servers': 'one, two and three servers on PostgreSQL',
  neighbours: 'other calls while three accounts read notes and lists as much as they may',
  'notes-update': 'writes over HTTP beside the writer thread alone',
  peers: 'other account systems with the same load; writes bench/RESULTS.md',
  'row-bytes': 'the bytes of a row on PostgreSQL',
  'start-and-memory': 'the start, the memory and event streams',
  storm: 'other requests while 64 clients log in',
}

const builds = process.argv[2] === '--build'
if (builds) process.argv.splice(2, 1)
const [, , name = ''] = process.argv
if (Object.hasOwn(benchmarks, name)) {
  process.argv.splice(2, 1)
  if (builds) build()
  await import(name === 'peers' ? './peers/main.ts' : `./${name}.ts`).catch(rejectOptions)
} else {
  console.log('npm run bench -- <name> [options]\n')
  for (const [each, subject] of Object.entries(benchmarks)) console.log(`${each.padEnd(18)} ${subject}`)
  process.exitCode = name === '' ? 0 : 1
}

/** Prints what is wrong with the options, without a stack. */
function rejectOptions(error: unknown): void {
  if (!(error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) {
    throw error
  }
  const [problem] = error.message.split('. ')
  console.error(`${problem}. The options of ${name} are in bench/README.md.`)
  process.exitCode = 2
}

function build(): void {
  const program = fileURLToPath(new URL('../../tools/build.mjs', import.meta.url))
  const { status } = spawnSync(process.execPath, [program], { stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}
