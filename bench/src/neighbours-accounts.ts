import type { ChildProcess } from 'node:child_process'
import { signupInput } from '@app/contract/testing'
import { reply } from './child-program.ts'
import type { AttackingAccount } from './neighbours-attacks.ts'
import type { FilledAccount } from './neighbours-fill.ts'
import type { AccountToFill } from './neighbours-server.ts'
import { cookiesOf, openConnection, post } from './storm-connection.ts'

interface Attackers {
  server: ChildProcess
  port: number
  round: number
  sessions: number
  areAdmins: boolean
}

/** Creates three accounts and fills them to their limits. */
export async function signUpAttackers({
  server,
  port,
  round,
  sessions,
  areAdmins,
}: Attackers): Promise<AttackingAccount[]> {
  const accounts: AttackingAccount[] = []
  for (let count = 0; count < 3; count += 1) {
    const username = `attacker-${round}-${count}`
    const cookies = await signUp(port, username, sessions)
    server.send({ username, isAdmin: areAdmins } satisfies AccountToFill)
    // Sound: the program replies to this message with this type.
    accounts.push({ cookies, ...((await reply(server)) as FilledAccount) })
  }
  return accounts
}

/** Creates an account. @returns the cookies of its sessions */
export async function signUp(port: number, username: string, sessions = 1): Promise<string[]> {
  const connection = openConnection(port)
  const cookies: string[] = []
  for (let count = 0; count < sessions; count += 1) {
    const credentials = { username, password: 'a stopwatch and a lock' }
    const call =
      count === 0
        ? post(connection, 'auth.signup', signupInput(credentials))
        : post(connection, 'auth.login', credentials)
    const { status, text } = await connection.ask(call)
    if (status !== 200) throw new Error(text)
    cookies.push(cookiesOf(text))
  }
  connection.close()
  return cookies
}
