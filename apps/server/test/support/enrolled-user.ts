import type { TestApp } from '../../src/testing/test-app.ts'
import { actorWithCookie, newUser } from './actors.ts'
import type { CookieActor } from './actors.ts'
import { authenticatorOf } from './authenticator.ts'
import { post } from './raw-call.ts'

/** Returns a user who has an authenticator app and a session at level 2. */
export async function enrolledUser(app: TestApp): Promise<CookieActor> {
  const user = await newUser(app)
  const { secret } = await user.api.totp.enroll.mutate()
  const code = authenticatorOf(app, secret).code()
  const { cookies, text } = await post(app.url, 'totp.confirm', { code }, user.cookie)
  const cookie = cookies.find((line) => line.startsWith('session='))
  if (cookie === undefined) throw new Error(`The authenticator app was not added: ${text}`)
  return actorWithCookie(app, { ...user, cookie })
}
