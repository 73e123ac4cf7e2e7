import type { PagePath } from '@app/contract'
import type { RequestHandler } from 'express'

/**
 * Where password managers look for the page that changes a password (W3C, A Well-Known URL for Changing
 * Passwords).
 */
export const changePasswordPath = '/.well-known/change-password'

const page: PagePath = '/account/password'

/** Redirects temporarily: the page may move. */
export const toChangePassword: RequestHandler = (_request, response) => {
  response.set('Cache-Control', 'no-store').redirect(302, page)
}
