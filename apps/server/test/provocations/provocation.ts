import type { TestApp } from '../../src/testing/test-app.ts'
import type { CookieActor } from '../support/actors.ts'
import type { InputOf, OwnFailures, Path } from '../support/procedure-types.ts'
import type { Credentials, RawAnswer } from '../support/raw-call.ts'

/** Who makes a call: a session or an access token. */
export type Caller = Pick<CookieActor, 'cookie'> | { token: string }

export function credentialsOf(caller: Caller | undefined): Credentials | undefined {
  return caller !== undefined && 'cookie' in caller ? caller.cookie : caller
}

/**
 * A new server. It hashes one password at a time, and its hash queue is empty.
 */
export interface Scene<P extends Path> {
  app: TestApp
  /** A valid input that names rows of the caller. */
  validInput(caller: CookieActor): Promise<InputOf<P>>
  /**
   * Calls the procedure of the provocation.
   * @param caller by default a caller without a session
   * @param server by default the server of the scene
   */
  call(input: InputOf<P>, caller?: Caller, server?: TestApp): Promise<RawAnswer>
}

/** Makes a procedure fail in one way, without changes of its code. */
export type Provocation<P extends Path> = (scene: Scene<P>) => Promise<RawAnswer>

/** For each procedure of a feature, a provocation of each failure that it or one of its guards declares. */
export type ProvocationsOf<Feature extends string> = {
  [P in Extract<Path, `${Feature}.${string}`>]: { [R in OwnFailures<P>]: Provocation<P> }
}
