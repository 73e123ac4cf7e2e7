import type { JsonSchema } from './open-api.ts'

export type Resolve = (schema: JsonSchema) => JsonSchema

/** Returns an example of a schema, for the body of a request or the documentation of a response. */
export function sampleOf(schema: JsonSchema, resolve: Resolve): unknown {
  const [known] = ownSamples(schema)
  if (known !== undefined) return known.value
  if (schema.$ref !== undefined) return sampleOf(resolve(schema), resolve)
  const [member] = schema.oneOf ?? schema.anyOf ?? []
  if (member !== undefined) return sampleOf(member, resolve)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  switch (type) {
    case 'object':
      return sampleObject(schema, resolve)
    case 'array':
      return schema.items === undefined ? [] : [sampleOf(schema.items, resolve)]
    case 'integer':
    case 'number':
      return schema.minimum ?? 1
    case 'boolean':
      return true
    case 'string':
      return sampleText(schema)
    default:
      return null
  }
}

/** Lists what a schema itself says about its values, the best first. An example may be null. */
function ownSamples({ const: only, enum: values = [], examples = [], default: fallback }: JsonSchema) {
  return [
    ...(only === undefined ? [] : [{ value: only }]),
    ...[...values, ...examples].map((value) => ({ value })),
    ...(fallback === undefined ? [] : [{ value: fallback }]),
  ]
}

/** Returns an object with the required fields, and the optional ones whose documentation has an example. */
function sampleObject(
  { properties = {}, required = [], additionalProperties }: JsonSchema,
  resolve: Resolve,
): object {
  const entries = Object.entries(properties)
  const shown = entries.filter(([name, schema]) => required.includes(name) || schema.examples !== undefined)
  if (entries.length === 0 && typeof additionalProperties === 'object') {
    return { name: sampleOf(additionalProperties, resolve) }
  }
  return Object.fromEntries(
    (shown.length > 0 ? shown : entries).map(([name, schema]) => [name, sampleOf(schema, resolve)]),
  )
}

function sampleText({ format, minLength = 0 }: JsonSchema): string {
  if (format === 'uri') return 'https://example.org/'
  return 'text'.padEnd(minLength, 'x')
}
