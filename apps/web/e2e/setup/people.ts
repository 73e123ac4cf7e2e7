import { randomUUID } from 'node:crypto'

import type {
  CreateNoteInput,
  LoginInput,
  Note,
  NoteIdInput,
  SignedIn,
  SignupInput,
  UpdateNoteInput,
} from '@latchkey/contract'
import { expect, type Page } from '@playwright/test'
import type { z } from 'zod'

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
  'auth.signup': z.input<typeof SignupInput>
  'auth.login': z.input<typeof LoginInput>
  'notes.create': z.input<typeof CreateNoteInput>
  'notes.update': z.input<typeof UpdateNoteInput>
  'notes.remove': z.input<typeof NoteIdInput>
}

interface Outputs {
  'auth.signup': SignedIn
  'auth.login': SignedIn
  'notes.create': Note
  'notes.update': Note
  'notes.remove': object
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
  await call(page, server, 'auth.signup', person)
  return person
}
