import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { sudoWindowMs } from '@app/contract'
import type { Locator, Page } from '@playwright/test'
import { call, newCredentials, signUp } from './actors.ts'
import type { Credentials } from './actors.ts'
import { changeRows } from './change-rows.ts'
import { button } from './forms.ts'
import type { Server } from './start-server.ts'

const program = fileURLToPath(new URL('../../../cli/bin/cli.mjs', import.meta.url))
const run = promisify(execFile)

/** Creates the first admin with the command, as an operator does, and logs in. */
export async function logInAsFirstAdmin(page: Page, server: Server): Promise<Credentials> {
  const admin = newCredentials('admin')
  const words = [program, 'admin', 'create', admin.username, '--password-stdin']
  const command = run(process.execPath, words, { env: server.environment })
  command.child.stdin?.end(admin.password)
  await command
  // A log-in over a live session would add an audit event.
  await page.context().clearCookies()
  await call(page, server, 'auth.login', admin)
  return admin
}

/** Signs up an admin by changing the row. The command would start a process, which takes a second. */
export async function logInAsAdmin(page: Page, server: Server): Promise<Credentials> {
  await page.context().clearCookies()
  const admin = await signUp(page, server, 'admin')
  changeRows(server, `update users set role = 'admin' where username = ?`, admin.username)
  return admin
}

/** Moves the user's log-in so far back that dangerous actions ask for the password. */
export function expireSudo(server: Server, { username }: Credentials): void {
  changeRows(
    server,
    `update sessions set authenticated_at = authenticated_at - ?
     where user_id = (select id from users where username = ?)`,
    sudoWindowMs + 1_000,
    username,
  )
}

/**
 * Finds the account on the users page as admin.
 * @returns the button that opens the menu of its actions
 */
export async function findUser(page: Page, server: Server, username: string): Promise<Locator> {
  await page.goto(`${server.url}/users?search=${username}`)
  return button(page, `Manage ${username}`)
}

/** Chooses an action in the menu of a user on the users page. */
export async function chooseAction(page: Page, username: string, action: string): Promise<void> {
  await button(page, `Manage ${username}`).click()
  await button(page, `${action} (${username})`).click()
}

/**
 * Makes the user an admin on the users page.
 * @returns the confirmed dialog; it is hidden after a success
 */
export async function promoteToAdmin(page: Page, username: string): Promise<Locator> {
  await chooseAction(page, username, 'Make admin')
  const confirmation = page.getByRole('dialog', { name: `Make ${username} an admin?` })
  await button(confirmation, 'Make admin').click()
  return confirmation
}
