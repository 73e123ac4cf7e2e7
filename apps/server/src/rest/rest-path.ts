/** Where the routes begin. A change that breaks programs gets a new version beside it. */
export const restBase = '/api/v1'

/** Checks whether a path is one of the REST API, whose failures are problem details. */
export function isRestPath(path: string): boolean {
  return /^\/api\/v1(\/|$)/i.test(path)
}
