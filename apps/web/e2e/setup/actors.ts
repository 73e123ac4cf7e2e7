import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type {
  ChangePasswordInput,
  CreatedInvitation,
  CreatedToken,
  CreateTokenInput,
  CreateInvitationInput,
  CreateNoteInput,
  Done,
  IssuedLink,
  IssueRecoveryLinkInput,
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
import type { APIRequestContext, APIResponse, Page } from '@playwright/test'
import type * as z from 'zod/mini'
import type { Server } from './start-server.ts'

export interface Credentials {
  username: string
  password: string
}

/** Each worker has its servers for itself, so its names need not differ from those of other workers. */
const takenEnds = new Set<string>()

/** Returns a password and a unique user name that begins with `name`. The user is not signed up yet. */
export function newCredentials(name: string): Credentials {
  const end = randomUUID().slice(-6)
  if (takenEnds.has(end)) return newCredentials(name)
  takenEnds.add(end)
  return { username: `${name}-${end}`, password: 'five hats on a quiet shelf' }
}

interface Inputs {
  'account.changePassword': z.input<typeof ChangePasswordInput>
  'account.updateProfile': z.input<typeof UpdateProfileInput>
  'auth.signup': z.input<typeof SignupInput>
  'auth.login': z.input<typeof LoginInput>
  'notes.create': z.input<typeof CreateNoteInput>
  'notes.update': z.input<typeof UpdateNoteInput>
  'notes.remove': z.input<typeof NoteIdInput>
  'invitations.create': z.input<typeof CreateInvitationInput>
  'recovery.issueLink': z.input<typeof IssueRecoveryLinkInput>
  'sessions.revoke': z.input<typeof SessionIdInput>
  'sessions.revokeOthers': Record<string, never>
  'tokens.create': z.input<typeof CreateTokenInput>
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
  'invitations.create': z.output<typeof CreatedInvitation>
  'tokens.create': z.output<typeof CreatedToken>
  'recovery.issueLink': z.output<typeof IssuedLink>
  'sessions.revoke': z.output<typeof Done>
  'sessions.revokeOthers': { endedSessions: number }
  'users.setDisabled': z.output<typeof Done>
  'users.setRole': z.output<typeof Done>
}

const tries = 10

/** Sends a call that must succeed. Repeats what a busy server rejects, when its response asks for it. */
async function post(sender: APIRequestContext, url: string, data: unknown): Promise<APIResponse> {
  for (let left = tries; ; left -= 1) {
    const response = await sender.post(url, { data })
    if (response.status() === 503 && left > 1) {
      await sleep(Number(response.headers()['retry-after']) * 1_000)
      continue
    }
    expect(response.status(), await response.text()).toBe(200)
    return response
  }
}

/** Calls a procedure with the cookies of the page's browser, to set up what a test needs. */
export async function call<P extends keyof Inputs>(
  page: Page,
  server: Server,
  procedure: P,
  input: Inputs[P],
): Promise<Outputs[P]> {
  const response = await post(page.request, `${server.url}/trpc/${procedure}`, input)
  // Sound: the server checks every response against the contract's output.
  const { result } = (await response.json()) as { result: { data: Outputs[P] } }
  return result.data
}

/** Signs up a new user in the browser of `page`. */
export async function signUp(page: Page, server: Server, name: string): Promise<Credentials> {
  const credentials = newCredentials(name)
  await call(page, server, 'auth.signup', signupInput(credentials))
  return credentials
}

/** Logs the user in on another device, which only its user agent identifies. */
export async function logInElsewhere(
  server: Server,
  credentials: Credentials,
  userAgent: string,
): Promise<void> {
  await using device = await request.newContext({ userAgent })
  await post(device, `${server.url}/trpc/auth.login`, credentials)
}

/** User agents as devices send them. */
export const devices = {
  phone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
  laptop: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
  script: 'backup-script/2.0',
}

/** Logs the user in on another device, and ends all other sessions from there. */
export async function endSessions(device: Page, server: Server, credentials: Credentials): Promise<void> {
  await call(device, server, 'auth.login', credentials)
  await call(device, server, 'sessions.revokeOthers', {})
}
