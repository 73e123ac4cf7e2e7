import type { Role } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { expectTypeOf, test } from 'vitest'
import { attempt, createClient, everyCallText } from './index.ts'
import type { AnyFailure, Attempt } from './index.ts'

// Run by the compiler: a line marked @ts-expect-error that compiles is an error of `check`. No call is made,
// so no server is needed.
const api = createClient('http://localhost')

test('client types: an error is the exact union of the failures of its procedure, its guards and every call', () => {
  const signup = () =>
    attempt(api.auth.signup.mutate(signupInput({ username: 'ada', password: 'correct horse' })))
  expectTypeOf<ReasonIn<ReturnType<typeof signup>>>().toEqualTypeOf<
    | 'PASSWORD_LOGIN_OFF'
    | 'USERNAME_TAKEN'
    | 'PASSWORD_REJECTED'
    | 'SIGNUP_CLOSED'
    | 'INVITATION_REQUIRED'
    | 'LINK_INVALID'
    | 'BUSY'
    | 'INVALID_INPUT'
    | 'RATE_LIMITED'
    | 'UNAVAILABLE'
    | 'INTERNAL'
    | 'TOKEN_NOT_ALLOWED'
    | 'CROSS_ORIGIN'
    | 'PAYLOAD_TOO_LARGE'
    | 'UNSUPPORTED_MEDIA_TYPE'
    | 'METHOD_NOT_ALLOWED'
    | 'NO_SUCH_PROCEDURE'
    | 'BATCH_REFUSED'
    | 'MISDIRECTED'
    | 'UNREACHABLE'
  >()
})

test('client types: an unhandled failure does not compile', () => {
  const complete = async () => {
    const result = await attempt(api.auth.login.mutate({ username: 'ada', password: 'x' }))
    if (result.ok) return ''
    const { failure } = result
    switch (failure.reason) {
      case 'INVALID_CREDENTIALS':
        return 'wrong'
      case 'PASSWORD_LOGIN_OFF':
        return 'another way'
      case 'BUSY':
        return `later: ${failure.retryAfterSeconds}`
      default:
        return everyCallText(failure)
    }
  }
  const withoutBusy = async () => {
    const result = await attempt(api.auth.login.mutate({ username: 'ada', password: 'x' }))
    if (result.ok) return ''
    const { failure } = result
    switch (failure.reason) {
      case 'INVALID_CREDENTIALS':
      case 'PASSWORD_LOGIN_OFF':
        return 'wrong'
      default:
        // @ts-expect-error BUSY is declared by log-in and not handled here
        return everyCallText(failure)
    }
  }
  expectTypeOf(complete).returns.resolves.toBeString()
  expectTypeOf(withoutBusy).returns.resolves.toBeString()
})

test('client types: a wrong input does not compile', () => {
  const calls = () => [
    // @ts-expect-error there is no password
    api.auth.login.mutate({ username: 'ada' }),
    // @ts-expect-error a number is no user name
    api.auth.login.mutate({ username: 1, password: 'x' }),
    // @ts-expect-error a sign-up has no role
    api.auth.signup.mutate({ username: 'ada', password: 'correct horse', role: 'admin' }),
    // @ts-expect-error a query is not called as a mutation
    api.account.me.mutate(),
    // @ts-expect-error there is no such procedure
    api.auth.impersonate.mutate({ username: 'ada' }),
  ]
  expectTypeOf(calls).toBeFunction()
})

test('client types: results have the types of the contract', () => {
  expectTypeOf(api.account.me.query).returns.resolves.toHaveProperty('role').toEqualTypeOf<Role>()
  expectTypeOf(api.auth.session.query).returns.resolves.toBeNullable()
})

type ReasonIn<Result> =
  Result extends Promise<Attempt<unknown, infer F extends AnyFailure>> ? F['reason'] : never
