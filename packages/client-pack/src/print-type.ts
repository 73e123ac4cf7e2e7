import type { z } from 'zod'

type JsonSchema = z.core.JSONSchema.BaseSchema
type Direction = 'input' | 'output'

/** Prints a JSON schema as a TypeScript type. A reference becomes the last part of its path. */
export function printType(schema: JsonSchema, direction: Direction): string {
  if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return printLiterals(schema.enum)
  const members = schema.anyOf ?? schema.oneOf
  if (members !== undefined) return printUnion(members.map((member) => printSubschema(member, direction)))
  if (schema.allOf !== undefined)
    return schema.allOf.map((part) => `(${printSubschema(part, direction)})`).join(' & ')
  const { type } = schema
  // Sound: zod writes an array of types for nullable ones, which the declared type omits.
  const types = type as string | string[] | undefined
  if (Array.isArray(types)) {
    return printUnion(types.map((each) => printType({ ...schema, type: each } as JsonSchema, direction)))
  }
  switch (types) {
    case 'string':
    case 'boolean':
    case 'null':
      return types
    case 'number':
    case 'integer':
      return 'number'
    case 'array':
      return printArray(schema, direction)
    case 'object':
      return printObject(schema, direction)
    case undefined:
      return schema.not === undefined ? 'unknown' : 'never'
    default:
      throw new Error(`No TypeScript type for ${JSON.stringify(schema)}`)
  }
}

function printSubschema(schema: JsonSchema | boolean, direction: Direction): string {
  if (typeof schema === 'boolean') return schema ? 'unknown' : 'never'
  return printType(schema, direction)
}

export function printLiterals(values: readonly unknown[]): string {
  return printUnion(values.map((value) => JSON.stringify(value)))
}

function printUnion(members: string[]): string {
  return [...new Set(members)].join(' | ')
}

function printArray({ prefixItems, items = true }: JsonSchema, direction: Direction): string {
  const members = prefixItems ?? (Array.isArray(items) ? items : undefined)
  if (members !== undefined)
    return `[${members.map((member) => printSubschema(member, direction)).join(', ')}]`
  return `Array<${printSubschema(Array.isArray(items) ? true : items, direction)}>`
}

function printObject(
  { properties = {}, required = [], additionalProperties = true }: JsonSchema,
  direction: Direction,
): string {
  const entries = Object.entries(properties)
  if (entries.length === 0) {
    return `Record<string, ${additionalProperties === false ? 'never' : printSubschema(additionalProperties, direction)}>`
  }
  const printed = entries.map(([name, schema]) => {
    const type = printSubschema(schema, direction)
    if (required.includes(name)) return `${printKey(name)}: ${type}`
    // A program may pass undefined for an omitted input. JSON has no undefined, so no output contains it.
    return `${printKey(name)}?: ${type}${direction === 'input' ? ' | undefined' : ''}`
  })
  return `{ ${printed.join('; ')} }`
}

export function printKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
}
