import { expect, test } from 'vitest'
import { z } from 'zod'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin } from '../support/actors.ts'
import { paths, procedures } from '../support/procedures.ts'
import { validInputsOf } from '../support/valid-inputs.ts'
import { transports } from './transports.ts'

// A transport that loses a field, or reads it as another type, does not get the failure of that field.

/** Values that a path, a query string and a body can all carry. */
const wrongValues = ['!', 'x'.repeat(500), 'x'.repeat(5_000), -1, 'yes', 'x'.repeat(30_000)]

/** A valid input with one field that its schema rejects, for each field. */
function wrongInputs(schema: z.core.$ZodType, valid: object): { field: string; input: object }[] {
  return fieldsOf(schema, valid).map((field) => {
    const inputs = wrongValues.map((value) => ({ ...valid, [field]: value }))
    const input = inputs.find((each) =>
      z.safeParse(schema, each).error?.issues.every(({ path }) => path[0] === field),
    )
    if (input === undefined) throw new Error(`No value is wrong for ${field}.`)
    return { field, input }
  })
}

/** The fields of an input; of a union, those of the member that the valid input belongs to. */
function fieldsOf(schema: z.core.$ZodType, valid: object): string[] {
  const { properties, oneOf } = z.toJSONSchema(schema, { io: 'input' })
  const fields = properties ?? (oneOf === undefined ? {} : valid)
  return Object.keys(fields)
}

test('every field of every input reaches its procedure through every transport', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const caller = await newAdmin(app)
  for (const [path, valid] of await validInputsOf(app, caller)) {
    // Sound: every procedure has one input, a Zod schema.
    const [schema] = procedures[path]._def.inputs as [z.core.$ZodType]
    for (const { field, input } of wrongInputs(schema, valid)) {
      const { trpc, ...others } = transports
      const { outcome, value } = await trpc(app, path, input, caller.cookie)
      expect([path, field, outcome]).toEqual([path, field, 'INVALID_INPUT'])
      expect(value).toEqual({ fields: { [field]: expect.any(Array) as string[] }, form: [] })
      for (const [name, transport] of Object.entries(others)) {
        const other = await transport(app, path, input, caller.cookie)
        expect([path, name, other.outcome, other.value]).toEqual([path, name, outcome, value])
      }
    }
  }
})

test('an unknown field gets the same failure through every transport', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const caller = await newAdmin(app)
  const inputs = await validInputsOf(app, caller)
  expect(inputs).toHaveLength(paths.length)
  for (const [path, valid] of inputs) {
    for (const [name, transport] of Object.entries(transports)) {
      const seen = await transport(app, path, { ...valid, surprise: 'x' }, caller.cookie)
      expect([path, name, seen.outcome, seen.value]).toEqual([
        path,
        name,
        'INVALID_INPUT',
        { fields: {}, form: ['Unknown field: "surprise".'] },
      ])
    }
  }
})
