import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { sudoWindowMs } from '@app/contract'
import type { Locator, Page } from '@playwright/test'
import { changeRows } from './change-rows.ts'
import { button } from './forms.ts'
import { call, signUp, somebody } from './people.ts'
import type { Person } from './people.ts'
import type { Server } from './start-server.ts'

const program = fileURLToPath(new URL('../../../cli/bin/cli.mjs', import.meta.url))
const run = promisify(execFile)

/** The first administrator of a place, made with the command as whoever runs the server does, logs in. */
export async function signInAsFirstAdministrator(page: Page, server: Server): Promise<Person> {
  const person = somebody('admin')
  const words = [program, 'admin', 'create', person.username, '--password-stdin']
  const command = run(process.execPath, words, { env: server.environment })
  command.child.stdin?.end(person.password)
  await command
  // Nobody sits down where somebody else is logged in: that would be one more event.
  await page.context().clearCookies()
  await call(page, server, 'auth.login', person)
  return person
}

/** An administrator for a test that is about something else: the command takes a process and a second. */
export async function signInAsAdministrator(page: Page, server: Server): Promise<Person> {
  await page.context().clearCookies()
  const person = await signUp(page, server, 'admin')
  changeRows(server, `update users set role = 'admin' where username = ?`, person.username)
  return person
}

/** As if the person had logged in so long ago that an administrator's work asks for the password again. */
export function letSudoRunOut(server: Server, { username }: Person): void {
  changeRows(
    server,
    `update sessions set authenticated_at = authenticated_at - ?
     where user_id = (select id from users where username = ?)`,
    sudoWindowMs + 1_000,
    username,
  )
}

/** Finds the account on the users page and unfolds what can be done to it. */
export async function manage(page: Page, server: Server, username: string): Promise<Locator> {
  await page.goto(`${server.url}/users?search=${username}`)
  await button(page, `Manage ${username}`).click()
  return page.getByRole('group', { name: `Manage ${username}` })
}

/** @returns the question that was answered; it is gone when all went well */
export async function makeAdministrator(page: Page, username: string): Promise<Locator> {
  await button(page, `Make administrator (${username})`).click()
  const question = page.getByRole('dialog', { name: `Make ${username} an administrator?` })
  await button(question, 'Make administrator').click()
  return question
}
