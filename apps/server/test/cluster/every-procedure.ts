import { expect } from 'vitest'
import { actorWithCookie, newAdmin } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { call, paths } from '../support/procedures.ts'
import { validInput } from '../support/valid-inputs.ts'
import type { Cluster } from './cluster.ts'

/** Makes a valid call of each procedure through the proxy. @returns `ok` or the problem, by procedure */
export async function callEveryProcedure(cluster: Cluster): Promise<Record<string, string>> {
  const { front, keeper } = cluster
  await newAdmin(keeper)
  const waiting = [...paths]
  const outcomes: Record<string, string> = {}
  const callNext = async () => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const caller = actorWithCookie(front, await newAdmin(keeper))
      const callOnce = async () => {
        // From the mail: a link that the test made itself would end when the sender makes another.
        const input =
          path === 'email.verify'
            ? { secret: await mailedSecret(cluster, caller) }
            : await validInput(path, { app: front, caller, owner: caller })
        const answer = await call(front.url, path, input, caller.cookie)
        if (answer.status !== 200) throw new Error(answer.text)
        return 'ok'
      }
      outcomes[path] = await callOnce().catch((error: Error) => error.message)
    }
  }
  // One server can hash for three: one runs and two wait.
  await Promise.all(Array.from({ length: 3 }, callNext))
  return outcomes
}

/** Returns the secret of the link that the servers mail to an address that the user enters. */
async function mailedSecret({ mailServer }: Cluster, { api, username }: CookieActor): Promise<string> {
  const email = `${username}@mailed.example`
  await api.email.change.mutate({ email })
  const link = () => mailServer.mails().find(({ envelope }) => envelope.to.includes(email))?.links[0]
  await expect.poll(link).toBeDefined()
  return new URL(link() ?? '').hash.slice(1)
}
