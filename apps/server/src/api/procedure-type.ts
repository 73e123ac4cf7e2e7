import { appRouter } from '@latchkey/router'
import type { AnyProcedure, ProcedureType } from '@trpc/server'

// Sound: tRPC keeps the procedures flat by path; the declared type shows the tree that they were written as.
const procedures = appRouter._def.procedures as object as Record<string, AnyProcedure>

/** What a name calls; undefined when there is nothing of that name. */
export function procedureType(name: string): ProcedureType | undefined {
  return Object.hasOwn(procedures, name) ? procedures[name]?._def.type : undefined
}
