import type { Response } from 'express'

/**
 * Redirects by 303: the next request is a GET, also after a POST or DELETE, and reloading it sends no field
 * again.
 */
export function seeOther(response: Response, location: string): void {
  response.status(303).set({ 'Cache-Control': 'no-store', Location: location }).end()
}
