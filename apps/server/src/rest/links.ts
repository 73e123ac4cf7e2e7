import { findRoutes } from './find-route.ts'
import { restBase } from './rest-path.ts'

interface SentValue {
  /** After /api/v1. */
  path: string
  /** The query string of the request. */
  search: string
  status: number
  value: unknown
}

/** Returns the headers that lead on: to what a request created, and to the next page of a list (RFC 8288). */
export function linkHeaders({ path, search, status, value }: SentValue): Record<string, string> {
  const { id, nextCursor } = fieldsOf(value)
  const created = `${path}/${encodeURIComponent(id ?? '')}`
  if (status === 201 && id !== undefined && findRoutes(created)?.routes.has('GET') === true)
    return { Location: restBase + created }
  if (nextCursor === undefined) return {}
  const query = new URLSearchParams(search)
  query.set('cursor', nextCursor)
  return { Link: `<${restBase}${path}?${query.toString()}>; rel="next"` }
}

function fieldsOf(value: unknown): { id?: string; nextCursor?: string } {
  if (typeof value !== 'object' || value === null) return {}
  const texts = ['id', 'nextCursor'].flatMap((name) => {
    const field: unknown = Reflect.get(value, name)
    return typeof field === 'string' ? [[name, field] as const] : []
  })
  return Object.fromEntries(texts)
}
