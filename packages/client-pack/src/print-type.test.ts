import { expect, test } from 'vitest'
import { z } from 'zod'
import { printType } from './print-type.ts'

test.each([
  ['a string with a format', z.email(), 'string'],
  ['an integer', z.int(), 'number'],
  ['a nullable boolean', z.nullable(z.boolean()), 'boolean | null'],
  ['an enum', z.enum(['user', 'admin']), '"user" | "admin"'],
  ['a list of unions', z.array(z.union([z.string(), z.null()])), 'Array<string | null>'],
  ['a tuple', z.tuple([z.string(), z.number()]), '[string, number]'],
  ['a record', z.record(z.string(), z.number()), 'Record<string, number>'],
  ['an object without fields', z.strictObject({}), 'Record<string, never>'],
  ['names that are not identifiers', z.object({ 'a-b': z.literal(1) }), '{ "a-b": 1 }'],
  ['anything', z.object({ any: z.unknown() }), '{ any: unknown }'],
])('printType: prints %s', (_, schema, text) => {
  expect(printType(z.toJSONSchema(schema), 'output')).toBe(text)
})

test('printType: allows undefined for optional inputs, but not for outputs', () => {
  const schema = z.toJSONSchema(z.object({ name: z.optional(z.string()) }))
  expect(printType(schema, 'input')).toBe('{ name?: string | undefined }')
  expect(printType(schema, 'output')).toBe('{ name?: string }')
})

test('printType: prints an intersection', () => {
  const type = printType({ allOf: [{ type: 'string' }, { $ref: '#/$defs/Id' }] }, 'output')
  expect(type).toBe('(string) & (Id)')
})
