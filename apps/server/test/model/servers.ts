import { createAdmin } from '@app/router'
import { testDatabase } from '@app/router/testing'
import { testClock } from '../../src/testing/test-clock.ts'
import { composeRecoveryMails } from '../support/recovery-mails.ts'
import { composeVerificationMails } from '../support/verification-mails.ts'
import type { ServerNumber } from './command.ts'
import { openServer } from './open-server.ts'
import { openOtherProcessServer } from './other-process-server.ts'

/** Two servers with one database and one time; the second is in a process of its own. */
export interface Servers extends AsyncDisposable {
  url(server: ServerNumber): string
  /** Stops a server as a signal does, and starts another one. */
  restart(server: ServerNumber): Promise<void>
  advance(seconds: number): Promise<void>
  /** Composes the mails that wait, as the sender does, except notices. */
  sendMails(): Promise<SentMail[]>
}

export interface SentMail {
  kind: string
  to: string
  /** Of its link; empty without one. */
  secret: string
}

/** Tokens have whole seconds, so the clock starts on one. */
const start = Date.UTC(2030, 0, 1)

/** Their database has one account, the admin root, without a session. */
export async function startServers(kind: 'sqlite' | 'postgres', rootPassword: string): Promise<Servers> {
  const clock = testClock(start)
  const database = await testDatabase(kind)
  let near = await openServer(database.url, clock)
  let far = await openOtherProcessServer(database.url, clock.now())
  const made = await createAdmin(near.services, {
    username: 'root',
    password: async () => rootPassword,
  })
  if (!made.ok) throw new Error(made.failure.reason)
  return {
    url: (server) => (server === 1 ? near.url : far.url),
    restart: async (server) => {
      if (server === 1) {
        await near[Symbol.asyncDispose]()
        near = await openServer(database.url, clock)
      } else {
        await far.close()
        far = await openOtherProcessServer(database.url, clock.now())
      }
    },
    advance: async (seconds) => {
      clock.advance(seconds * 1_000)
      await far.advance(seconds * 1_000)
    },
    sendMails: async () => {
      const mails = [...(await composeVerificationMails(near)), ...(await composeRecoveryMails(near))]
      return mails
        .filter((mail) => mail !== null)
        .map(({ kind, to, data }) => ({
          kind,
          to,
          secret: 'link' in data ? (data.link.split('#')[1] ?? '') : '',
        }))
    },
    async [Symbol.asyncDispose]() {
      await far.close()
      await near[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** Converts an instant of the wire to seconds since the start. */
export function instantOf(text: string): number {
  return (Date.parse(text) - start) / 1_000
}
