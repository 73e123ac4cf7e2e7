import { randomUUID } from 'node:crypto'
import type {
  ChangePasswordInput,
  CreateNoteInput,
  Done,
  LoginInput,
  Note,
  NoteIdInput,
  PasswordChanged,
  Self,
  SignedIn,
  SignupInput,
  SessionIdInput,
  SetDisabledInput,
  SetRoleInput,
  UpdateNoteInput,
  UpdateProfileInput,
} from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { expect, request } from '@playwright/test'
import type { Page } from '@playwright/test'
import type * as z from 'zod/mini'
import type { Server } from './start-server.ts'

export interface Person {
  username: string
  password: string
}

/** Somebody whom no other test knows; the user name begins with `name`. */
export function somebody(name: string): Person {
  return { username: `${name}-${randomUUID().slice(-6)}`, password: 'five hats on a quiet shelf' }
}

interface Inputs {
  'account.changePassword': z.input<typeof ChangePasswordInput>
  'account.updateProfile': z.input<typeof UpdateProfileInput>
  'auth.signup': z.input<typeof SignupInput>
  'auth.login': z.input<typeof LoginInput>
  'notes.create': z.input<typeof CreateNoteInput>
  'notes.update': z.input<typeof UpdateNoteInput>
  'notes.remove': z.input<typeof NoteIdInput>
  'sessions.revoke': z.input<typeof SessionIdInput>
  'sessions.revokeOthers': Record<string, never>
  'users.setDisabled': z.input<typeof SetDisabledInput>
  'users.setRole': z.input<typeof SetRoleInput>
}

interface Outputs {
  'account.changePassword': z.output<typeof PasswordChanged>
  'account.updateProfile': Self
  'auth.signup': SignedIn
  'auth.login': SignedIn
  'notes.create': Note
  'notes.update': Note
  'notes.remove': object
  'sessions.revoke': z.output<typeof Done>
  'sessions.revokeOthers': { endedSessions: number }
  'users.setDisabled': z.output<typeof Done>
  'users.setRole': z.output<typeof Done>
}

/** A call with the cookies of the browser that `page` belongs to: for what a test needs and is not about. */
export async function call<P extends keyof Inputs>(
  page: Page,
  server: Server,
  procedure: P,
  input: Inputs[P],
): Promise<Outputs[P]> {
  const response = await page.request.post(`${server.url}/trpc/${procedure}`, { data: input })
  expect(response.status(), await response.text()).toBe(200)
  // Sound: the server checks every answer against the output of the contract.
  const { result } = (await response.json()) as { result: { data: Outputs[P] } }
  return result.data
}

/** Signs somebody new up, in the browser of `page`. */
export async function signUp(page: Page, server: Server, name: string): Promise<Person> {
  const person = somebody(name)
  await call(page, server, 'auth.signup', signupInput(person))
  return person
}

/** As if the person had logged in with another device: the user agent is all that is seen of it. */
export async function logInElsewhere(server: Server, person: Person, userAgent: string): Promise<void> {
  await using device = await request.newContext({ userAgent })
  const response = await device.post(`${server.url}/trpc/auth.login`, { data: person })
  expect(response.status(), await response.text()).toBe(200)
}

/** User agents as devices send them. */
export const devices = {
  phone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
  laptop: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
  script: 'backup-script/2.0',
}

/** Ends every session of somebody, as they do on another device of theirs. */
export async function endSessions(device: Page, server: Server, person: Person): Promise<void> {
  await call(device, server, 'auth.login', person)
  await call(device, server, 'sessions.revokeOthers', {})
}
