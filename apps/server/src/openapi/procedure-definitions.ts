import { appRouter } from '@app/router'
import type { Access } from '@app/router'
import type { z } from 'zod'

/** What the document needs to know about a procedure. */
export interface ProcedureDefinition {
  path: string
  type: 'query' | 'mutation' | 'subscription'
  meta: Access
  input: z.core.$ZodType
  /** Undefined for a procedure whose meta has another schema. */
  output: z.core.$ZodType | undefined
}

interface Definition {
  type: ProcedureDefinition['type']
  meta?: Access
  inputs: z.core.$ZodType[]
  output?: z.core.$ZodType
}

/** Reads the procedures of the router, in the order of its code. */
export function readProcedures(): ProcedureDefinition[] {
  // Sound: tRPC stores procedures flat by path, and all of them validate with zod.
  const procedures = appRouter._def.procedures as object as Record<string, { _def: Definition }>
  return Object.entries(procedures).map(([path, { _def: definition }]) => {
    const { type, meta = {}, inputs, output } = definition
    const [input, ...others] = inputs
    if (input === undefined || others.length > 0) throw new Error(`${path} needs exactly one .input(…).`)
    return { path, type, meta, input, output }
  })
}
