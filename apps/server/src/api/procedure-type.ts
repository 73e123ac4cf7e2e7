import type { Role } from '@app/contract'
import { appRouter } from '@app/router'
import type { Access } from '@app/router'
import type { AnyProcedure, ProcedureType } from '@trpc/server'

// Sound: tRPC stores the procedures flat by path; the declared type is the tree in which they were written.
const procedures = appRouter._def.procedures as object as Record<string, AnyProcedure>

/** Returns the type of a procedure; undefined for a name that does not exist. */
export function procedureType(name: string): ProcedureType | undefined {
  return procedureOf(name)?._def.type
}

/** Checks whether a procedure is a query that changes something. */
export function isQueryWithSideEffects(name: string): boolean {
  return procedureType(name) === 'query' && metaOf(name)?.hasSideEffects === true
}

/** Checks whether a procedure is a query that returns a file. */
export function isDownload(name: string): boolean {
  return metaOf(name)?.download === true
}

/** Checks whether a procedure returns a list or a long text. */
export function isHeavy(name: string): boolean {
  return metaOf(name)?.heavy === true
}

/** Checks whether a procedure needs no session, or does not exist. */
export function isPublic(name: string): boolean {
  return (metaOf(name)?.access ?? 'public') === 'public'
}

/** Returns the roles that a procedure allows; empty when it allows every user. */
export function rolesOf(name: string): readonly Role[] {
  const access = metaOf(name)?.access
  return access === undefined || access === 'public' || access === 'user' ? [] : access
}

/** Checks whether a procedure recovers a stolen account. */
export function isRecovery(name: string): boolean {
  return metaOf(name)?.recovers === true
}

/** Checks whether clients without a session wait for a password hash in the procedure. */
export function isHashing(name: string): boolean {
  return metaOf(name)?.hashesPassword === true
}

function metaOf(name: string): Access | undefined {
  // Sound: the router's own meta, which its type does not show here.
  return procedureOf(name)?._def.meta as Access | undefined
}

/** Returns a procedure; undefined for a name that does not exist. */
export function procedureOf(name: string): AnyProcedure | undefined {
  return Object.hasOwn(procedures, name) ? procedures[name] : undefined
}
