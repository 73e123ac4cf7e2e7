import { callQuery } from './call-query.ts'
import type { CallQuery } from './call-query.ts'
import { procedureNames } from './procedure-names.ts'

/** What the URL of a request under /trpc says. */
export interface CallTarget {
  /** The called procedures, separated by commas; null when the path is not text. */
  readonly names: string | null
  readonly query: Readonly<CallQuery>
}

const maxTargets = 1_000
const maxUrlLength = 200

/** What our client sends as the input of one call without an input. */
const emptyInputs: readonly (string | null)[] = [null, '{}', '{"0":{}}']

/** Targets by the exact text of their URL; at most 1 MB. */
const known = new Map<string, CallTarget>()

/**
 * Reads the URL of a request under /trpc. Remembers only URLs without an input, which clients call again; an
 * input may be a secret.
 */
export function callTarget(url: string): CallTarget {
  const found = known.get(url)
  if (found !== undefined) return found
  const [path = ''] = url.split(/[?#]/, 1)
  const target = { names: procedureNames(path.slice('/trpc'.length)), query: callQuery(url) }
  const { input, lastEventId } = target.query
  const hasInput = !emptyInputs.includes(input) || lastEventId !== null
  if (hasInput || url.length > maxUrlLength) return target
  if (known.size === maxTargets) known.clear()
  known.set(url, target)
  return target
}
