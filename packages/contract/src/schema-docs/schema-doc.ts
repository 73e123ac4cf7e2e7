import type * as z from 'zod/mini'
import type * as contract from '../index.ts'

/**
 * What the API document adds to a schema of the contract. It is data apart from the schemas, because browsers
 * load those.
 */
export interface ValueDoc<T = unknown> {
  /** Markdown. */
  readonly description?: string
  readonly examples?: readonly T[]
  /** Where the schema checks it by a function: a format, limits and a pattern of JSON Schema. */
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
}

export interface SchemaDoc<T = unknown> extends ValueDoc<T> {
  /** By the names of fields: a description, or more. */
  readonly fields?: FieldDocs<T>
}

type FieldDocs<T> = { readonly [K in FieldOf<T>]?: string | ValueDoc<ValueOf<T, K>> }
type FieldOf<T> = T extends object ? keyof T : never
type ValueOf<T, K> = T extends { [Key in K & PropertyKey]?: infer Value } ? Exclude<Value, undefined> : never

type Contract = typeof contract

/** Documentation by the names that the contract exports. */
export type SchemaDocs = {
  readonly [
    N in keyof Contract as Contract[N] extends z.core.$ZodType ? N : never
  ]?: Contract[N] extends z.core.$ZodType ? SchemaDoc<z.input<Contract[N]>> : never
}
