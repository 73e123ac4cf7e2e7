import type { Fields, Route } from './route.ts'
import { tutorialRoutes } from './routes.ts'

type Choice = (fields: Fields) => Route

const byPath = new Map(
  Object.entries(tutorialRoutes).map(([path, methods]) => [path, new Map(Object.entries(methods))]),
)

/**
 * Returns the methods of a path; undefined for a path that is not one of the tutorials'.
 * @param path after `/api`
 */
export function findMethods(path: string): ReadonlyMap<string, Choice> | undefined {
  return byPath.get(path)
}

/**
 * Returns the procedure that a request calls, before its body is known.
 * @param path with `/api`
 */
export function tutorialProcedure(method: string, path: string): string | undefined {
  return findMethods(path.replace(/^\/api/i, ''))?.get(method)?.({}).procedure
}
