import type { TestApp } from '../../src/testing/test-app.ts'
import type { CookieActor } from '../support/actors.ts'
import type { InputOf, OwnFailures, Path } from '../support/procedure-types.ts'
import type { RawAnswer } from '../support/raw-call.ts'

/**
 * A server on which nothing has happened yet. One password is hashed at a time, and nobody waits for a turn.
 */
export interface Scene<P extends Path> {
  app: TestApp
  /** An input that nothing is wrong with; the rows that it names are the caller's. */
  validInput(caller: CookieActor): Promise<InputOf<P>>
  /**
   * Calls the procedure that the provocation stands under.
   * @param caller nobody when left out
   * @param server the scene's when left out
   */
  call(input: InputOf<P>, caller?: CookieActor, server?: TestApp): Promise<RawAnswer>
}

/** Brings a procedure to fail in one way, without touching its code. */
export type Provocation<P extends Path> = (scene: Scene<P>) => Promise<RawAnswer>

/** For each procedure of a feature, a provocation of each failure that it or one of its guards declares. */
export type ProvocationsOf<Feature extends string> = {
  [P in Extract<Path, `${Feature}.${string}`>]: { [R in OwnFailures<P>]: Provocation<P> }
}
