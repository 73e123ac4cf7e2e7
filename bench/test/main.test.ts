import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { runProgram } from './run-program.ts'

test('command of the benchmarks: lists them, and fails for an unknown name', async () => {
  const listed = await runProgram('main.ts')
  expect(listed).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('npm run bench -- <name> [options]'),
  })
  expect(await runProgram('main.ts', 'toString')).toEqual({ ...listed, code: 1 })
  expect(await runProgram('main.ts', '--build')).toEqual(listed)
  const names = Array.from(listed.stdout.matchAll(/^([a-z-]+)  /gm), ([, name = '']) => name)
  expect(names).toContain('account-me')
  const readme = readFileSync(path.join(import.meta.dirname, '../README.md'), 'utf8')
  for (const name of names) {
    const program = path.join(
      import.meta.dirname,
      '../src',
      name === 'peers' ? 'peers/main.ts' : `${name}.ts`,
    )
    expect(existsSync(program) ? name : '').toBe(name)
    expect(readme).toContain(`npm run bench -- ${name}`)
  }
  const documented = Array.from(readme.matchAll(/npm run bench -- ([a-z-]+)/g), ([, name]) => name)
  expect(documented.filter((name = '') => !names.includes(name))).toEqual([])
})

test('command of the benchmarks: an unknown option ends it without a stack', async () => {
  expect(await runProgram('main.ts', 'account-me', '--halp')).toEqual({
    code: 2,
    stdout: '',
    stderr: "Unknown option '--halp'. The options of account-me are in bench/README.md.\n",
  })
})

test('command of the benchmarks: passes the options on, and the exit code back of one that measured nothing', async () => {
  const none = ['--samples=0', '--warmup=0', '--cost=4']
  const { code, stdout } = await runProgram('main.ts', 'login-timing', ...none)
  expect(stdout).toMatch(/^unknown - known: NaN ms, p = NaN: not measured$/m)
  expect(stdout).toMatch(/^FAILED: nothing was measured$/m)
  expect(code).toBe(1)
})
