import { appRouter, type Access } from '@app/router'
import type { AnyProcedure, ProcedureType } from '@trpc/server'

// Sound: tRPC keeps the procedures flat by path; the declared type shows the tree that they were written as.
const procedures = appRouter._def.procedures as object as Record<string, AnyProcedure>

/** What a name calls; undefined when there is nothing of that name. */
export function procedureType(name: string): ProcedureType | undefined {
  return procedureOf(name)?._def.type
}

/** Whether a name calls a query that leaves something behind; what is a mutation is told by its type. */
export function isWritingQuery(name: string): boolean {
  return procedureType(name) === 'query' && metaOf(name)?.hasSideEffects === true
}

/** Whether a name calls a query that answers with a file. */
export function isDownload(name: string): boolean {
  return metaOf(name)?.download === true
}

/** Whether a name calls what answers with a list. */
export function isHeavy(name: string): boolean {
  return metaOf(name)?.heavy === true
}

/** Whether a name calls what needs no session, or nothing at all. */
export function isPublic(name: string): boolean {
  return (metaOf(name)?.access ?? 'public') === 'public'
}

/** Whether a name calls what takes an account back from a thief. */
export function isRecovery(name: string): boolean {
  return metaOf(name)?.recovers === true
}

/** Whether a name calls what strangers wait in for a password hash. */
export function isHashing(name: string): boolean {
  return metaOf(name)?.hashesPassword === true
}

function metaOf(name: string): Access | undefined {
  // Sound: the router's own meta, which its type does not show from here.
  return procedureOf(name)?._def.meta as Access | undefined
}

function procedureOf(name: string): AnyProcedure | undefined {
  return Object.hasOwn(procedures, name) ? procedures[name] : undefined
}
