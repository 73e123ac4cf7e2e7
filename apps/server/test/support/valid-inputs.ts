import { signupInput } from '@app/contract/testing'
import type { TestApp } from '../../src/testing/test-app.ts'
import { noteInputs } from '../notes/valid-inputs.ts'
import { newUser, newUsername, password } from './actors.ts'
import type { CookieActor } from './actors.ts'
import type { Path } from './procedure-types.ts'
import { paths } from './procedures.ts'
import type { InputMakers, ValidInput, World } from './valid-input.ts'

/** A procedure without a line here does not compile. */
const validInputs: InputMakers<Path> = {
  'auth.signup': () => signupInput({ username: newUsername(), password }),
  'auth.login': ({ caller }) => ({ username: caller.username, password }),
  'auth.logout': () => ({}),
  'auth.session': () => ({}),
  'auth.elevate': () => ({ password }),
  'account.me': () => ({}),
  'account.updateProfile': () => ({ name: 'Another Name' }),
  'account.changePassword': () => ({ currentPassword: password, newPassword: 'a better battery' }),
  'account.activity': () => ({ limit: 5 }),
  'account.export': () => ({}),
  'account.close': () => ({}),
  'sessions.list': () => ({}),
  'sessions.revoke': async ({ owner }) => ({ id: await sessionOf(owner) }),
  'sessions.revokeOthers': () => ({}),
  'sessions.events': () => ({}),
  ...noteInputs,
  'users.list': () => ({ limit: 5 }),
  'users.setRole': async ({ app }) => ({ id: (await newUser(app)).id, role: 'admin' }),
  'users.setDisabled': async ({ app }) => ({ id: (await newUser(app)).id, disabled: true }),
  'users.revokeSessions': async ({ app }) => ({ id: (await newUser(app)).id }),
  'users.remove': async ({ app }) => ({ id: (await newUser(app)).id }),
  'audit.list': () => ({ limit: 5 }),
}

/**
 * Makes a valid input for a procedure, so that the result depends on the caller only.
 */
export async function validInput<P extends Path>(path: P, world: World): Promise<ValidInput<P>> {
  return validInputs[path](world)
}

/** Makes an input for every procedure in advance, for a caller who soon cannot make them. */
export async function validInputsOf(app: TestApp, caller: CookieActor): Promise<[Path, object][]> {
  const inputs: [Path, object][] = []
  for (const path of paths) inputs.push([path, await validInput(path, { app, caller, owner: caller })])
  return inputs
}

export async function sessionOf({ api, username }: CookieActor): Promise<string> {
  const current = await api.auth.session.query()
  if (current === null) throw new Error(`${username} is not signed in.`)
  return current.session.id
}
