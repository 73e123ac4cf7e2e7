import type { Reason } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, expectTypeOf, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { expectFailure } from '../support/expect-failure.ts'
import type { OwnFailures, Path } from '../support/procedure-types.ts'
import { call, paths } from '../support/procedures.ts'
import { validInput } from '../support/valid-inputs.ts'
import { credentialsOf } from './provocation.ts'
import type { Provocation, ProvocationsOf, Scene } from './provocation.ts'
import { provocations } from './provocations.ts'

// A new failure or procedure does not compile until `provocations/` has it. Each provocation runs against a
// real server, and the response must be exactly that failure.

describeOnEach('every declared failure', (databaseKind) => {
  for (const path of paths) {
    // Sound: the scene is made for the same path, so its input has the type that the provocation was written
    // for.
    const ways = Object.entries(provocations[path]) as [Reason, Provocation<Path>][]
    test.each(ways)(`${path}: %s`, async (reason, provoke) => {
      await using app = await testApp({ databaseKind, settings: { hashConcurrency: 1, hashQueue: 0 } })
      expectFailure(await provoke(sceneOf(app, path)), path, reason)
    })
  }
})

function sceneOf<P extends Path>(app: TestApp, path: P): Scene<P> {
  return {
    app,
    validInput: (caller) => validInput(path, { app, caller, owner: caller }),
    call: (input, caller, server = app) => call(server.url, path, input, credentialsOf(caller)),
  }
}

// Run by the compiler: a line marked @ts-expect-error that compiles is an error of `check`.

test('the record contains exactly the declared failures', () => {
  type Recorded = { [P in keyof typeof provocations]: keyof (typeof provocations)[P] }
  expectTypeOf<Recorded>().toEqualTypeOf<{ [P in Path]: OwnFailures<P> }>()
  expect(Object.keys(provocations).toSorted()).toEqual(paths.toSorted())
})

test('a declared failure that nothing provokes, and a procedure left out, do not compile', () => {
  const { SESSION_EXPIRED: _, ...others } = provocations['audit.list']
  const incomplete = {
    // @ts-expect-error the session that is over is missing
    'audit.list': others,
  } satisfies ProvocationsOf<'audit'>
  // @ts-expect-error the only procedure is missing
  const empty = {} satisfies ProvocationsOf<'audit'>
  expect([incomplete, empty]).toHaveLength(2)
})

test('a provocation of what is not declared does not compile', () => {
  const { 'audit.list': list } = provocations
  const tooMuch = {
    // @ts-expect-error nothing can be missing in a list
    'audit.list': { ...list, NOT_FOUND: list.FORBIDDEN },
  } satisfies ProvocationsOf<'audit'>
  expect(tooMuch).toBeDefined()
})

test('a provocation with a wrong input does not compile', () => {
  const wrong: Provocation<'sessions.revoke'> = ({ call: callIt }) =>
    // @ts-expect-error a session is named by its id
    callIt({ title: 'A session' })
  expect(wrong).toBeDefined()
})
