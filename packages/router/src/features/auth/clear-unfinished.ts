import type { Context } from '../../context.ts'

/**
 * Clears the cookies of a log-in or sign-up that was begun in this browser and not finished. The next user of
 * the browser must not continue it. Called with every log-in and log-out.
 */
export function clearUnfinished({
  pendingLogin,
  identitySignup,
  cookies,
}: Pick<Context, 'pendingLogin' | 'identitySignup' | 'cookies'>): void {
  pendingLogin.clear(cookies)
  identitySignup.clear(cookies)
}
