// `npm run check`: all checks that do not run the program. The steps run in parallel. Prints a line when a
// step ends, and then the output of the failed steps.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const cwd = fileURLToPath(new URL('../', import.meta.url))
const steps = [
  { name: 'types', command: 'tsc', args: ['-b', '--pretty'] },
  { name: 'lint', command: 'oxlint', args: [] },
  { name: 'format', command: 'oxfmt', args: ['--check'] },
  { name: 'dead code', command: 'knip', args: ['--no-progress', '--no-config-hints'] },
  {
    name: 'workspace',
    command: 'sherif',
    args: ['--fail-on-warnings', '--ignore-rule', 'packages-without-package-json'],
  },
  { name: 'house rules', command: process.execPath, args: ['tools/check-house.mjs'] },
  { name: 'commits', command: process.execPath, args: ['tools/check-commits.mjs'] },
]

/**
 * @param {typeof steps[number]} step
 * @returns {Promise<{ ok: boolean, output: string, seconds: string }>}
 */
function run({ command, args }) {
  const started = performance.now()
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    /** @param {boolean} ok */
    const finish = (ok) => {
      resolve({ ok, output, seconds: ((performance.now() - started) / 1000).toFixed(1) })
    }
    child.on('error', (error) => {
      output += error.message
      finish(false)
    })
    child.on('close', (code) => finish(code === 0))
  })
}

console.log(`Checking ${steps.map(({ name }) => name).join(', ')}: about 10 s, a minute the first time.`)
const running = new Set(steps.map(({ name }) => name))
const results = await Promise.all(
  steps.map(async (step) => {
    const result = await run(step)
    running.delete(step.name)
    const left = running.size === 0 ? '' : `; running: ${[...running].join(', ')}`
    console.log(`${result.ok ? 'ok    ' : 'FAILED'} ${step.name} (${result.seconds} s)${left}`)
    return { ...step, ...result }
  }),
)
const failed = results.filter(({ ok }) => !ok)
for (const { name, output } of failed) console.log(`\n--- ${name}\n${output.trim()}`)
if (failed.length > 0) console.log(`\nFAILED: ${failed.map(({ name }) => name).join(', ')}`)
process.exitCode = failed.length === 0 ? 0 : 1
