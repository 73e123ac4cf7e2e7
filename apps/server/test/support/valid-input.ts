import type { TestApp } from '../../src/testing/test-app.ts'
import type { CookieActor } from './actors.ts'
import type { InputOf, Path } from './procedure-types.ts'

/** Whom an input is about. */
export interface World {
  app: TestApp
  caller: CookieActor
  /** Whose rows are named: the caller's own, or somebody else's. Their session must be alive. */
  owner: CookieActor
}

/** Written out: where nothing need be sent it is `{}`. */
export type ValidInput<P extends Path> = Extract<InputOf<P>, object>

/** Makes an input of a procedure that nothing is wrong with. */
export type InputMakers<P extends Path> = {
  [Q in P]: (world: World) => ValidInput<Q> | Promise<ValidInput<Q>>
}
