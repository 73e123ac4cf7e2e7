import { randomInt } from 'node:crypto'
import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { expectConsistent } from '../support/expect-consistent.ts'
import { get, post } from '../support/raw-call.ts'
import { dataFolder, startServer } from '../support/server-process.ts'
import type { ServerProcess } from '../support/server-process.ts'

/** More rounds take longer and cover more moments: `pnpm test:faults`. */
const rounds = Number(process.env['TEST_KILL_ROUNDS'] ?? 3)
const password = 'correct horse battery'
const names = ['First', 'Second', 'Third']

/** The changes that the server has confirmed to a user. */
interface Confirmed {
  username: string
  cookie: string
  /** How many of `names` were stored. */
  renamed: number
  password: string
}

/** Signs users up and changes their names and passwords until the server is killed. */
async function keepBusy(
  url: string,
  prefix: string,
  onAnswer: (status: number) => void,
): Promise<Confirmed[]> {
  const users: Confirmed[] = []
  const call = async (path: string, input: unknown, cookie?: string) => {
    const answer = await post(url, path, input, cookie)
    onAnswer(answer.status)
    return answer
  }
  try {
    for (let user = 0; ; user += 1) {
      const username = `${prefix}-${user}`
      const { cookies } = await call(
        'auth.signup',
        signupInput({ username, password, email: `${username}@a.example` }),
      )
      const confirmed: Confirmed = { username, cookie: cookies[0] ?? '', renamed: 0, password }
      users.push(confirmed)
      for (const name of names) {
        await call('account.updateProfile', { name }, confirmed.cookie)
        confirmed.renamed += 1
      }
      const newPassword = 'another horse battery'
      // Until the response arrives, either password may be correct.
      confirmed.password = ''
      const changed = await call(
        'account.changePassword',
        { currentPassword: password, newPassword },
        confirmed.cookie,
      )
      confirmed.password = newPassword
      confirmed.cookie = changed.cookies[0] ?? ''
    }
  } catch {
    // The server was killed. A change in progress may be stored or not.
    return users
  }
}

async function expectKept(
  url: string,
  { username, cookie, renamed, password: known }: Confirmed,
): Promise<void> {
  // During a password change, the server may replace the token before the client has the new one.
  if (known === '') return
  const me = await get(url, 'account.me', cookie)
  expect(me.text).toContain(`"username":"${username}"`)
  // The change in progress may be stored, too.
  const stored = names.indexOf(JSON.parse(me.text).result.data.name) + 1
  expect([renamed, renamed + 1]).toContain(stored)
  const login = await post(url, 'auth.login', { username, password: known })
  expect(login.status).toBe(200)
}

async function readyUrl(server: ServerProcess): Promise<string> {
  const url = await server.url()
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  return url
}

test(
  `kill -9 under load, ${rounds} times: restarts, loses no confirmed change and stores no partial one`,
  async () => {
    using folder = dataFolder()
    const environment = { DATABASE_URL: folder.databaseUrl, LIMITS: 'relaxed', LOG_LEVEL: 'warn' }
    let confirmed: Confirmed[] = []
    let answers = 0
    for (let round = 0; round <= rounds; round += 1) {
      await using server = startServer(environment)
      const url = await readyUrl(server)
      expectConsistent(folder.databaseUrl.slice('file:'.length))
      for (const one of confirmed) await expectKept(url, one)
      if (round === rounds) break
      let left = randomInt(5, 60)
      const statuses = new Set<number>()
      const onAnswer = (status: number) => {
        statuses.add(status)
        answers += 1
        left -= 1
        if (left === 0) server.child.kill('SIGKILL')
      }
      const workers = Array.from({ length: 6 }, (_, worker) => keepBusy(url, `p${round}-${worker}`, onAnswer))
      confirmed = (await Promise.all(workers)).flat()
      expect(await server.ended()).toBe('SIGKILL')
      expect([...statuses]).toEqual([200])
    }
    expect(answers).toBeGreaterThanOrEqual(rounds * 5)
  },
  180_000 + rounds * 60_000,
)
