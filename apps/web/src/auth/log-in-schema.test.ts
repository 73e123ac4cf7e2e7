import { LoginInput } from '@app/contract'
import { expect, test } from 'vitest'
import type { FormSchema } from '../forms/form-schema.ts'
import { logInSchema } from './log-in-schema.ts'

const values = ['', 'a', ' ', 'ada', 'ada@example.org', 'a\0b', '\ud800', 'x'.repeat(256), 'é'.repeat(257)]

test('log-in form: reports what the contract reports, with the same sentences', () => {
  for (const username of values)
    for (const password of values) {
      const input = { username, password, remember: true }
      expect({ ...input, problems: problemsOf(logInSchema, input) }).toEqual({
        ...input,
        problems: problemsOf(LoginInput, input),
      })
    }
})

test('log-in form: its fields are required', () => {
  expect(logInSchema.shape['username']?.safeParse(undefined).success).toBe(false)
  expect(logInSchema.shape['password']?.safeParse(undefined).success).toBe(false)
})

function problemsOf(schema: FormSchema<unknown>, input: unknown) {
  const result = schema.safeParse(input)
  return result.success ? [] : result.error.issues.map(({ path, message }) => [String(path[0]), message])
}
