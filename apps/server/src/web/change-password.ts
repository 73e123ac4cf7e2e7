import type { PagePath } from '@app/contract'
import type { RequestHandler } from 'express'

/**
 * The path at which password managers look for the page that changes a password (W3C, A Well-Known URL for
 * Changing Passwords).
 */
export const changePasswordPath = '/.well-known/change-password'

const page: PagePath = '/account/password'

/**
 * Redirects temporarily: the path of the page may change. Express's `redirect` reads the whole `Accept` for
 * the form of its text, which takes milliseconds.
 */
export const toChangePassword: RequestHandler = (_request, response) => {
  response.status(302).set({ 'Cache-Control': 'no-store', Location: page }).end()
}
