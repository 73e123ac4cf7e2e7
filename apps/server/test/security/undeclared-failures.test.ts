import { failures } from '@app/contract'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser, unknownId } from '../support/actors.ts'
import { expectFailure } from '../support/expect-failure.ts'
import { post } from '../support/raw-call.ts'
import { undeclaredFailures } from '../support/undeclared-failures.ts'

// The compiler rejects undeclared failures. So the test takes a failure of a procedure that declares it and
// throws it in another procedure.
test('undeclared failure: is sent as INTERNAL and logged', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  const { db } = app.services
  const write = db.write.bind(db)
  let kept: unknown
  db.write = (work) =>
    write(work).catch((error: unknown) => {
      kept = error
      throw new Error('intercepted')
    })
  await post(app.url, 'sessions.revoke', { id: unknownId }, cookie)
  expect(kept).toMatchObject({ failure: { reason: 'NOT_FOUND' } })

  db.write = () => Promise.reject(kept)
  const answer = await post(app.url, 'account.updateProfile', { name: 'Ada Lovelace' }, cookie)
  expectFailure(answer, 'account.updateProfile', 'INTERNAL')
  expect(app.log.expectErrors()).toContainEqual(
    expect.objectContaining({
      level: 'error',
      msg: 'a call failed',
      path: 'account.updateProfile',
      requestId: answer.headers.get('x-request-id'),
      err: expect.objectContaining({ message: failures.NOT_FOUND.text }),
    }),
  )
})

test('undeclared failure: the watch over all responses finds it, alone and in a batch', () => {
  const answer = (path: string, reason: string) => ({ error: { data: { path, failure: { reason } } } })
  expect(undeclaredFailures(JSON.stringify(answer('sessions.revoke', 'NOT_FOUND')))).toEqual([])
  expect(undeclaredFailures(JSON.stringify(answer('sessions.revoke', 'INTERNAL')))).toEqual([])
  expect(undeclaredFailures(JSON.stringify(answer('no.such', 'NO_SUCH_PROCEDURE')))).toEqual([])
  expect(undeclaredFailures(JSON.stringify({ result: { data: {} } }))).toEqual([])
  const batch = [
    answer('sessions.revoke', 'LAST_ADMIN'),
    answer('sessions.revoke', 'NOT_FOUND'),
    answer('x', 'BUSY'),
  ]
  expect(undeclaredFailures(JSON.stringify(batch))).toEqual(['sessions.revoke: LAST_ADMIN', 'x: BUSY'])
})
