import { beforeAll, expect, test } from 'vitest'
import type { JsonSchema, OpenApiDocument } from '../../src/openapi/open-api.ts'
import { readProcedures } from '../../src/openapi/procedure-definitions.ts'
import { apiDocument, operationsByProcedure } from './api-document.ts'

/** A text field of an input, by the document. */
interface TextField {
  /** Where it is in the input: `response.id`. */
  names: string[]
  schema: JsonSchema
}

let document: OpenApiDocument
let fields: (TextField & { procedure: string })[]

beforeAll(async () => {
  document = await apiDocument()
  fields = [...operationsByProcedure(document)].flatMap(([procedure, { parameters = [], requestBody }]) =>
    [
      ...parameters.flatMap(({ name, schema }) => textsIn(schema, [name])),
      ...(requestBody === undefined
        ? []
        : textsIn(requestBody.content['application/json']?.schema ?? {}, [])),
    ].map((field) => ({ ...field, procedure })),
  )
})

test('documented limits: every text of an input has one', () => {
  const unlimited = fields.filter(({ schema }) => {
    const { maxLength, enum: values, const: only, format, pattern = '' } = schema
    // A UUID has one length, and so have texts whose pattern ends with a count.
    return (
      maxLength === undefined &&
      (values ?? only) === undefined &&
      format !== 'uuid' &&
      !pattern.endsWith('}$')
    )
  })
  expect(unlimited.map(nameOf)).toEqual([])
  expect(fields.length).toBeGreaterThan(50)
})

test('documented limits: the server rejects a text that is one character too long or too short', () => {
  const inputs = new Map(readProcedures().map(({ path, input }) => [path, input]))
  const accepted = fields.flatMap((field) => {
    const { minLength = 0, maxLength } = field.schema
    const wrong = [
      ...(maxLength === undefined ? [] : [maxLength + 1]),
      ...(minLength > 1 ? [minLength - 1] : []),
    ]
    return wrong
      .filter((length) => !rejects(inputs.get(field.procedure), field, 'a'.repeat(length)))
      .map((length) => `${nameOf(field)}: ${length}`)
  })
  expect(accepted).toEqual([])
})

test('documented limits: the server accepts texts of the longest and the shortest length', () => {
  const inputs = new Map(readProcedures().map(({ path, input }) => [path, input]))
  const rejected = fields
    // The texts of a format have rules besides their length.
    .filter(({ schema: { format = 'password', pattern } }) => format === 'password' && pattern === undefined)
    .filter(({ names }) => !names.includes('code'))
    .flatMap((field) => {
      const { minLength = 0, maxLength = 0 } = field.schema
      return [minLength, maxLength]
        .filter((length) => length > 0 && rejects(inputs.get(field.procedure), field, 'a'.repeat(length)))
        .map((length) => `${nameOf(field)}: ${length}`)
    })
  expect(rejected).toEqual([])
})

function nameOf({ procedure, names }: { procedure: string; names: string[] }): string {
  return `${procedure} ${names.join('.')}`
}

/** Checks whether a schema of an input rejects the value of one field, whatever it says of the others. */
function rejects(input: unknown, { names }: TextField, text: string): boolean {
  const value = names.reduceRight<unknown>((inner, name) => ({ [name]: inner }), text)
  // Sound: every procedure validates with zod.
  const { safeParse } = input as { safeParse: (value: unknown) => { error?: { issues: Issue[] } } }
  return ['otp', 'recovery', 'passkey', 'password'].some((method) => {
    const issues = safeParse({ method, ...(value as object) }).error?.issues ?? []
    return issues.some(({ path }) => path.join('.') === names.join('.'))
  })
}

interface Issue {
  path: PropertyKey[]
}

/** Finds the text fields in a schema, and in those that it refers to. */
function textsIn(schema: JsonSchema, names: string[]): TextField[] {
  const { $ref } = schema
  if ($ref !== undefined) {
    const named = document.components.schemas[$ref.replace('#/components/schemas/', '')]
    return textsIn({ ...named }, names)
  }
  const { anyOf = [], oneOf = [], properties = {}, type } = schema
  return [
    ...(type === 'string' ? [{ names, schema }] : []),
    ...[...anyOf, ...oneOf].flatMap((member) => textsIn(member, names)),
    ...Object.entries(properties).flatMap(([name, field]) => textsIn(field, [...names, name])),
  ]
}
