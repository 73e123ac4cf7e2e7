// `npm run check`: all checks that do not run the program. The steps run in parallel. Prints a line when a
// step ends, and then the output of the failed steps.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const cwd = fileURLToPath(new URL('../', import.meta.url))
/** @type {[name: string, command: string, ...args: string[]][]} */
const steps = [
  ['types', 'tsc', '-b', '--pretty'],
  ['lint', 'oxlint'],
  ['format', 'oxfmt', '--check'],
  ['dead code', 'knip', '--no-progress', '--no-config-hints'],
  ['workspace', 'sherif', '--fail-on-warnings', '--ignore-rule', 'packages-without-package-json'],
  ['house rules', process.execPath, 'tools/check-house.mjs'],
  ['commits', process.execPath, 'tools/check-commits.mjs'],
]
const running = new Set(steps.map(([name]) => name))
console.log(`Checking ${[...running].join(', ')}: about 10 s, a minute the first time.`)
/** @type {{ name: string, output: string }[]} */
const failed = []
for (const [name, command, ...args] of steps)
  execFile(command, args, { cwd, maxBuffer: Infinity }, (error, stdout, stderr) => {
    if (error) failed.push({ name, output: stdout + stderr || error.message })
    running.delete(name)
    const left = running.size === 0 ? '' : `; running: ${[...running].join(', ')}`
    console.log(`${error ? 'FAILED' : 'ok    '} ${name} (${process.uptime().toFixed(1)} s)${left}`)
  })
process.once('beforeExit', () => {
  for (const { name, output } of failed) console.log(`\n--- ${name}\n${output.trim()}`)
  if (failed.length > 0) console.log(`\nFAILED: ${failed.map(({ name }) => name).join(', ')}`)
  process.exitCode = failed.length === 0 ? 0 : 1
})
