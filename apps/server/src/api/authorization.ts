import type { IncomingMessage } from 'node:http'
import { bearerCredentials } from '@app/router'
import { isTrustedOrigin } from './origin.ts'

/**
 * Returns the `Authorization` header. Node drops a second one; here both are joined, so that no access token
 * in them is valid: a proxy may have checked the other one.
 */
export function authorizationOf({ headers, headersDistinct }: IncomingMessage): string | undefined {
  return headers.authorization === undefined ? undefined : headersDistinct['authorization']?.join(', ')
}

/**
 * Checks the origin of a call, against CSRF (ASVS 5.0 3.5.1). A call with an access token may have any: no
 * page can send `Authorization` to another site without a preflight, and ours never allows it.
 * @param origins our own and those of ALLOWED_ORIGINS
 */
export function isAllowedOrigin(request: IncomingMessage, origins: readonly string[]): boolean {
  return bearerCredentials(authorizationOf(request)) !== null || isTrustedOrigin(request.headers, origins)
}
