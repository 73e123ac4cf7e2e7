import type { TestApp } from '../../src/testing/test-app.ts'
import type { CookieActor } from './actors.ts'
import type { InputOf, Path } from './procedure-types.ts'

/** The users of an input. */
export interface World {
  app: TestApp
  caller: CookieActor
  /** The owner of the named rows: the caller or another user. Their session must be alive. */
  owner: CookieActor
}

/** `{}` for a procedure without input. */
export type ValidInput<P extends Path> = Extract<InputOf<P>, object>

/** Makes a valid input of a procedure. */
export type InputMakers<P extends Path> = {
  [Q in P]: (world: World) => ValidInput<Q> | Promise<ValidInput<Q>>
}
