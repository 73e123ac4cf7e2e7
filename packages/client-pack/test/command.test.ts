import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const command = fileURLToPath(new URL('../src/main.ts', import.meta.url))

const usage = 'Usage: npm run client:pack [-- --out <folder>]\n'

test.each([
  ['--help', { status: 0, stdout: usage, stderr: '' }],
  ['--halp', { status: 2, stdout: '', stderr: `Unknown option '--halp'.\n${usage}` }],
])('client:pack: prints how to use it after %s', (option, printed) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, option], { encoding: 'utf8' })
  expect({ status, stdout, stderr }).toEqual(printed)
})
