import type { ProcedurePath } from '../api/procedure-path.ts'
import type { RestMethod, RestRoute } from './route.ts'
import { restRoutes } from './routes.ts'

/** The routes of one path by their methods. */
type RoutesOfPath = Map<RestMethod, FoundRoute>

interface FoundRoute extends Pick<RestRoute, 'status'> {
  procedure: ProcedurePath
}

export interface FoundPath {
  routes: ReadonlyMap<string, FoundRoute>
  /** The values of the parameters in the path. */
  parameters: Readonly<Record<string, string>>
}

interface Template {
  segments: readonly string[]
  routes: RoutesOfPath
}

const templates = templatesOf(restRoutes)

/**
 * Finds the routes of a path. A path of words wins over one with parameters.
 * @param path after /api/v1
 * @returns undefined for an unknown path, and for one that is not text: `%zz`
 */
export function findRoutes(path: string): FoundPath | undefined {
  const segments = segmentsOf(path)
  if (segments === null) return undefined
  const found = templates.find((template) => matches(template, segments))
  if (found === undefined) return undefined
  const parameters = found.segments.flatMap((part, index): [string, string][] => {
    const name = parameterIn(part)
    return name === undefined ? [] : [[name, segments[index] ?? '']]
  })
  return { routes: found.routes, parameters: Object.fromEntries(parameters) }
}

/**
 * Returns the procedure that a request calls.
 * @param path with /api/v1
 */
export function restProcedure(method: string, path: string): ProcedurePath | undefined {
  const [, rest] = /^\/api\/v1(\/.*)$/is.exec(path) ?? []
  return rest === undefined ? undefined : findRoutes(rest)?.routes.get(readMethod(method))?.procedure
}

/** HEAD has the headers of GET. */
export function readMethod(method: string): string {
  return method === 'HEAD' ? 'GET' : method
}

function templatesOf(table: Readonly<Record<ProcedurePath, RestRoute>>): Template[] {
  const byPath = new Map<string, Template>()
  // Sound: the keys of the record.
  for (const [procedure, route] of Object.entries(table) as [ProcedurePath, RestRoute][]) {
    const { method, path, status } = route
    const segments = path.slice(1).split('/')
    const template = byPath.get(path) ?? { segments, routes: new Map<RestMethod, FoundRoute>() }
    template.routes.set(method, { procedure, status })
    byPath.set(path, template)
  }
  const countOf = ({ segments }: Template) =>
    segments.filter((part) => parameterIn(part) !== undefined).length
  return [...byPath.values()].toSorted((one, other) => countOf(one) - countOf(other))
}

function matches({ segments }: Template, sent: readonly string[]): boolean {
  return (
    segments.length === sent.length &&
    segments.every((part, index) =>
      parameterIn(part) === undefined ? part === sent[index] : sent[index] !== '',
    )
  )
}

function parameterIn(segment: string): string | undefined {
  return /^\{(\w+)\}$/.exec(segment)?.[1]
}

const mostSegments = Math.max(...templates.map(({ segments }) => segments.length))

/** Decodes after splitting, so that an encoded slash is part of a value. */
function segmentsOf(path: string): string[] | null {
  const segments = path.slice(1).split('/', mostSegments + 1)
  if (segments.length > mostSegments) return null
  try {
    return segments.map(decodeURIComponent)
  } catch {
    return null
  }
}
