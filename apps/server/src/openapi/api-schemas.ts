import * as contract from '@app/contract'
import { schemaDocs } from '@app/contract/schema-docs'
import type { SchemaDoc } from '@app/contract/schema-docs'
import { z } from 'zod'
import type { JsonSchema } from './open-api.ts'

type Direction = 'input' | 'output'

/** Kinds of schemas that are named without documentation. Others are short. */
const namedKinds: ReadonlySet<string> = new Set(['object', 'union'])

const referencePrefix = '#/components/schemas/'

/** Returns a reference to a named schema. */
export function schemaReference(name: string): { $ref: string } {
  return { $ref: `${referencePrefix}${name}` }
}

/** Returns the name in a reference to a schema. */
export function nameOfReference(reference: string): string {
  return reference.slice(referencePrefix.length)
}

/**
 * Converts zod schemas to JSON Schema. What the contract exports becomes a named schema, once, under its
 * exported name and with its documentation.
 */
export class ApiSchemas {
  readonly #registry = z.registry<{ id: string }>()
  readonly #components = new Map<string, JsonSchema>()

  constructor() {
    for (const [name, value] of Object.entries(contract)) {
      // The contract may export one schema under two names.
      if (value instanceof z.core.$ZodType && isNamed(name, value) && !this.#registry.has(value)) {
        this.#registry.add(value, { id: name })
      }
    }
  }

  /** Returns a reference for a schema that the contract exports, and the schema itself for another. */
  schemaOf(schema: z.core.$ZodType, io: Direction): JsonSchema {
    const converted = z.toJSONSchema(schema, {
      io,
      metadata: this.#registry,
      override: ({ zodSchema, jsonSchema }) => {
        // Sound: what zod writes for our schemas.
        const written = jsonSchema as JsonSchema
        addLengths(zodSchema, written)
        simplify(written, io)
      },
    })
    const text = JSON.stringify(converted).replaceAll('"#/$defs/', `"${referencePrefix}`)
    // Sound: as above, with the keys of a whole schema.
    const { $schema: _, $defs = {}, ...body } = JSON.parse(text) as WholeSchema
    for (const [name, definition] of Object.entries($defs))
      this.add(name, withDocs(definition, schemaDocs[name] ?? {}))
    return body
  }

  /** Returns a schema that is not a reference. */
  resolve(schema: JsonSchema): JsonSchema {
    if (schema.$ref === undefined) return schema
    return this.#components.get(nameOfReference(schema.$ref)) ?? {}
  }

  /** Adds a named schema. @throws if the name has another schema already */
  add(name: string, schema: JsonSchema): void {
    const before = this.#components.get(name)
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(schema)) {
      throw new Error(
        `${name} differs as an input and as an output. Export a second schema from the contract, for one of them.`,
      )
    }
    this.#components.set(name, schema)
  }

  /** Returns the named schemas to which a document refers, sorted by name. */
  usedBy(document: object): Record<string, JsonSchema> {
    const used = new Map<string, JsonSchema>()
    const collect = (value: object) =>
      void JSON.stringify(value, (key, each: unknown) => {
        if (key !== '$ref' || typeof each !== 'string' || !each.startsWith(referencePrefix)) return each
        const name = nameOfReference(each)
        const schema = this.#components.get(name)
        if (schema !== undefined && !used.has(name)) {
          used.set(name, schema)
          collect(schema)
        }
        return each
      })
    collect(document)
    return Object.fromEntries([...used].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }
}

interface WholeSchema extends JsonSchema {
  $schema?: string
  $defs?: Record<string, JsonSchema>
}

function isNamed(name: string, { _zod: { def } }: z.core.$ZodType): boolean {
  return namedKinds.has(def.type) || Object.hasOwn(schemaDocs, name)
}

/** Adds the limits that `text` checks by a function. JSON Schema counts code points too. */
function addLengths(zodSchema: z.core.$ZodType, schema: JsonSchema): void {
  const lengths = contract.lengthsOf(zodSchema)
  if (lengths === undefined || schema.type !== 'string') return
  if (lengths.min > 0) schema.minLength = lengths.min
  schema.maxLength = lengths.max
}

/** Removes what clients do not need, and what would break them when a field is added to an output. */
function simplify(schema: JsonSchema, io: Direction): void {
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties
  // Half a kilobyte that checks the days of each month.
  if (schema.format === 'date-time') delete schema.pattern
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  // `{}` for an input whose fields are all optional.
  if (typeof schema.default === 'object') delete schema.default
}

function withDocs(schema: JsonSchema, { fields = {}, ...doc }: SchemaDoc): JsonSchema {
  // The first `doc` puts the description first. The second wins over zod: the pattern of a normalised text.
  return { ...doc, ...withFieldDocs(schema, fields), ...doc }
}

function withFieldDocs(schema: JsonSchema, fields: NonNullable<SchemaDoc['fields']>): JsonSchema {
  const { properties, anyOf, oneOf } = schema
  if (anyOf !== undefined) return { ...schema, anyOf: anyOf.map((member) => withFieldDocs(member, fields)) }
  if (oneOf !== undefined) return { ...schema, oneOf: oneOf.map((member) => withFieldDocs(member, fields)) }
  if (properties === undefined) return schema
  const docs: Readonly<Record<string, SchemaDoc | string | undefined>> = fields
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => {
        const doc = docs[name]
        return [name, { ...property, ...(typeof doc === 'string' ? { description: doc } : doc) }]
      }),
    ),
  }
}
