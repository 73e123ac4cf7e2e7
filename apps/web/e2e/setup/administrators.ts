import { execFile } from 'node:child_process'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'

import { sudoWindowMs } from '@latchkey/contract'
import type { Locator, Page } from '@playwright/test'

import { button } from './forms.ts'
import { call, type Person, somebody } from './people.ts'
import type { Server } from './start-server.ts'

const latchkey = fileURLToPath(new URL('../../../cli/bin/latchkey.mjs', import.meta.url))
const run = promisify(execFile)

/** Creates an administrator as whoever runs the server does, with the command, and logs in as them. */
export async function signInAsAdministrator(page: Page, server: Server): Promise<Person> {
  const person = somebody('admin')
  const words = [latchkey, 'admin', 'create', person.username, '--password-stdin']
  const command = run(process.execPath, words, { env: server.environment })
  command.child.stdin?.end(person.password)
  await command
  await call(page, server, 'auth.login', person)
  return person
}

/** As if the person had logged in so long ago that an administrator's work asks for the password again. */
export function letSudoRunOut(server: Server, { username }: Person): void {
  // The server's clock cannot be moved from outside: the time of the log-in is.
  const database = new DatabaseSync(server.databaseFile, { timeout: 5_000 })
  database
    .prepare(
      `update sessions set authenticated_at = authenticated_at - ?
       where user_id = (select id from users where username = ?)`,
    )
    .run(sudoWindowMs + 1_000, username)
  database.close()
}

/** Finds the account on the users page and unfolds what can be done to it. */
export async function manage(page: Page, server: Server, username: string): Promise<Locator> {
  await page.goto(`${server.url}/users?search=${username}`)
  await button(page, `Manage ${username}`).click()
  return page.getByRole('group', { name: `Manage ${username}` })
}
