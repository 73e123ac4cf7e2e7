import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import * as contract from './index.ts'

const wrong: readonly unknown[] = [undefined, null, '', 'x'.repeat(30_000), '\0', 1, 1.5, -1, true, [], {}]

const inputs = Object.entries(contract).flatMap(([name, schema]) =>
  name.endsWith('Input') && schema instanceof z.ZodMiniType ? [[name, schema] as const] : [],
)

test('input messages: there are inputs to test', () => {
  expect(inputs.map(([name]) => name)).toContain('SignupInput')
  expect(inputs.length).toBeGreaterThan(10)
})

test.each(inputs)('input messages: %s has a sentence of ours for each mistake in each field', (_, schema) => {
  for (const field of Object.keys(shapeOf(schema))) {
    for (const value of wrong) {
      const { error } = schema.safeParse({ [field]: value })
      const messages = (error?.issues ?? [])
        .filter(({ path }) => path[0] === field)
        .map(({ message }) => message)
      // Rejects the messages of zod/mini itself. A message with spaces and a full stop is ours.
      for (const message of messages) expect(message).toMatch(/^(?!Invalid input)\p{Lu}.* .*\.$/su)
    }
  }
})

function shapeOf(schema: z.ZodMiniType): Record<string, unknown> {
  if (schema instanceof z.ZodMiniObject) return schema.shape
  if (schema instanceof z.ZodMiniPrefault) return shapeOf(schema.def.innerType as z.ZodMiniType)
  throw new TypeError('an input is an object')
}
