import { appRouter } from '@app/router'
import { z } from 'zod'
import type { ProcedurePath } from '../api/procedure-path.ts'

const typesOf = new Map<ProcedurePath, ReadonlyMap<string, unknown>>()

/** Returns the JSON Schema types of the fields of an input, such as `integer`. They are read once. */
export function fieldTypes(procedure: ProcedurePath): ReadonlyMap<string, unknown> {
  const known = typesOf.get(procedure) ?? readFieldTypes(procedure)
  typesOf.set(procedure, known)
  return known
}

function readFieldTypes(procedure: ProcedurePath): ReadonlyMap<string, unknown> {
  // Sound: tRPC keeps the procedures flat by path, and every procedure has one input, a Zod schema.
  const { [procedure]: found } = appRouter._def.procedures as object as Record<
    ProcedurePath,
    { _def: { inputs: [z.core.$ZodType] } }
  >
  const { properties = {} } = z.toJSONSchema(found._def.inputs[0], { io: 'input' })
  return new Map(
    Object.entries(properties).map(([name, schema]) => [
      name,
      typeof schema === 'object' ? schema.type : undefined,
    ]),
  )
}

/** Returns the value that a text means. A text of another type stays, so that the schema rejects it. */
export function valueOf(text: string, type: unknown): unknown {
  if (type === 'integer' || type === 'number') return jsonNumber.test(text) ? Number(text) : text
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return text
}

const jsonNumber = /^-?(0|[1-9]\d{0,15})(\.\d{1,15})?$/
