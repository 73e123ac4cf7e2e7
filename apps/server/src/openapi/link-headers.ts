import type { RestRoute } from '../rest/route.ts'
import { restRoutes } from '../rest/routes.ts'
import type { Header, JsonSchema, Reference } from './open-api.ts'

/** The headers of successes that lead on, by name. */
export const linkHeaders: Record<'Location' | 'Link', Header> = {
  Location: {
    description: 'The path of what was created.',
    schema: {
      type: 'string',
      format: 'uri-reference',
      examples: ['/api/v1/things/01977e3c-0000-7000-8000-000000000000'],
    },
  },
  Link: {
    description: 'The path of the next page, with `rel="next"` (RFC 8288). Absent on the last one.',
    schema: { type: 'string', examples: ['</api/v1/things?cursor=AZd>; rel="next"'] },
  },
}

/** Returns the headers of a success: where the created row is, or the next page of the list. */
export function linkHeadersOf({ path, status }: RestRoute, output: JsonSchema): Record<string, Reference> {
  const { id, nextCursor } = output.properties ?? {}
  const isRead = Object.values(restRoutes).some(
    (each) => each.method === 'GET' && each.path === `${path}/{id}`,
  )
  if (status === 201 && id !== undefined && isRead) return referenceTo('Location')
  return nextCursor === undefined ? {} : referenceTo('Link')
}

function referenceTo(name: keyof typeof linkHeaders): Record<string, Reference> {
  return { [name]: { $ref: `#/components/headers/${name}` } }
}
