import type { Response } from 'express'

/** How a call ended: `ok`, or the reason of its failure. */
export interface NotedCall {
  /** Null when it never got as far as a procedure. */
  path: string | null
  outcome: string
}

const noted = new WeakMap<Response, readonly NotedCall[]>()

/** Remembers with an answer what it was to its calls, for whoever counts them when it is over. */
export function recordOutcomes(response: Response, calls: readonly NotedCall[]): void {
  noted.set(response, calls)
}

export function notedCalls(response: Response): readonly NotedCall[] {
  return noted.get(response) ?? []
}
