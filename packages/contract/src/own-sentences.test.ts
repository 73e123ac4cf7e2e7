import { expect, test } from 'vitest'
import { ElevateInput, SecondFactorInput } from './factors.ts'
import { inputFields } from './input-fields.fixture.ts'

const wrong: readonly unknown[] = [undefined, null, '', 'x'.repeat(30_000), '\0', 1, 1.5, -1, true, [], {}]

test('input messages: there are inputs to test', () => {
  expect([...inputFields.keys()]).toContain('SignupInput.username')
  expect(inputFields.size).toBeGreaterThan(30)
})

test.each([...inputFields])(
  'input messages: %s has a sentence of ours for each mistake',
  (_, { schema, field }) => {
    for (const value of wrong) {
      const { error } = schema.safeParse({ [field]: value })
      const messages = (error?.issues ?? [])
        .filter(({ path }) => path[0] === field)
        .map(({ message }) => message)
      // Rejects the messages of zod/mini itself. A message with spaces and a full stop is ours.
      for (const message of messages) expect(message).toMatch(/^(?!Invalid input)\p{Lu}.* .*\.$/su)
    }
  },
)

test.each([SecondFactorInput, ElevateInput])(
  'input messages: an unknown method has a sentence of ours',
  (input) => {
    for (const method of ['', 'sms', 1, null, {}]) {
      expect(input.safeParse({ method }).error?.issues.map(({ message }) => message)).toEqual([
        'Choose how to confirm it is you.',
      ])
    }
  },
)
