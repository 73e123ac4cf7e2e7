import { expect, test } from 'vitest'
import { runProgram } from './run-program.ts'

// A benchmark that skips an unknown value measures nothing, and looks as if all targets were met.
test.each([
  ['storm', '--attack=login', '--attack must be calls or logins, not login.'],
  ['start-and-memory', '--measure=stream', '--measure must be start, idle or streams, not stream.'],
  ['neighbours', '--kind=mix', '--kind must be one of '],
])('benchmarks: %s fails for an unknown value, %s', async (name, option, message) => {
  const { code, stderr } = await runProgram(`${name}.ts`, option)
  expect(stderr).toContain(message)
  expect(code).toBe(1)
})
