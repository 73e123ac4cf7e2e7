import { expectTypeOf, test } from 'vitest'
import type { Api } from './api.ts'
import { buttonProblem, formProblems, inForm } from './form-problems.ts'

// These tests are run by the compiler: a line marked @ts-expect-error that compiles is an error of `check`.
// Nothing here is called, so no server is needed.
declare const api: Api

test('forms: an unhandled declared failure does not compile', () => {
  const login = () => api.attempt(api.client.auth.login.mutate({ username: 'ada', password: 'x' }))
  const complete = async () => {
    const result = await login()
    return result.ok ? undefined : formProblems(result, { INVALID_CREDENTIALS: inForm })
  }
  const incomplete = async () => {
    const result = await login()
    // @ts-expect-error INVALID_CREDENTIALS is declared by log-in and not handled here
    return result.ok ? undefined : formProblems(result, {})
  }
  const excessive = async () => {
    const result = await login()
    // @ts-expect-error NOT_FOUND is not declared by log-in
    return result.ok ? undefined : formProblems(result, { INVALID_CREDENTIALS: inForm, NOT_FOUND: inForm })
  }
  expectTypeOf(complete).returns.resolves.toEqualTypeOf<ReturnType<typeof formProblems>>()
  expectTypeOf([incomplete, excessive]).toBeArray()
})

test('buttons: an unhandled declared failure does not compile', () => {
  const press = async () => {
    const result = await api.attempt(api.client.sessions.revoke.mutate({ id: 'x' }))
    if (result.ok || result.failure.reason === 'NOT_FOUND') return undefined
    // @ts-expect-error REAUTH_REQUIRED is declared by its guard and not handled here
    return buttonProblem(result.failure, result.requestId)
  }
  expectTypeOf(press).toBeFunction()
})
