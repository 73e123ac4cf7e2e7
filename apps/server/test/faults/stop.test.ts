import { DatabaseSync } from 'node:sqlite'
import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { expectConsistent } from '../support/expect-consistent.ts'
import { post } from '../support/raw-call.ts'
import { exchange, openRawConnection } from '../support/raw-connection.ts'
import type { RawConnection } from '../support/raw-connection.ts'
import { dataFolder, startServer } from '../support/server-process.ts'

const password = 'correct horse battery'
const relaxed = { LIMITS: 'relaxed', HASH_QUEUE: '128', LOG_LEVEL: 'info' }

function usernamesIn(databaseUrl: string): Set<unknown> {
  const file = databaseUrl.slice('file:'.length)
  expectConsistent(file)
  const database = new DatabaseSync(file, { readOnly: true })
  const rows = database.prepare('select username from users').all()
  database.close()
  return new Set(rows.map(({ username }) => username))
}

/** Sends a whole sign-up. Resolves once the system has its bytes. */
function sendSignUp({ socket, host }: RawConnection, username: string): Promise<void> {
  const body = JSON.stringify(signupInput({ username, password, email: `${username}@a.example` }))
  const head = ['POST /trpc/auth.signup HTTP/1.1', `Host: ${host}`, 'Content-Type: application/json']
  const text = [...head, `Content-Length: ${body.length}`, '', body].join('\r\n')
  return new Promise((resolve, reject) => socket.write(text, (error) => (error ? reject(error) : resolve())))
}

/** Counts complete responses by status; `none` means that the connection ended without one. */
async function answersOn(lines: readonly RawConnection[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const line of lines) {
    const text = await line.rest()
    const [, status = 'none'] =
      /HTTP\/1\.1 (\d+) .*\r\n\r\n\{.*\}$/s.exec(text.replace(/^.*alive\n/s, '')) ?? []
    counts[status] = (counts[status] ?? 0) + 1
  }
  return counts
}

test('SIGTERM: no accepted request fails, neither a queued one nor one that has just arrived', async () => {
  using folder = dataFolder()
  await using server = startServer({ DATABASE_URL: folder.databaseUrl, ...relaxed })
  await using other = await testApp()
  const url = await server.url()
  const open = (count: number) => Promise.all(Array.from({ length: count }, () => openRawConnection(url)))
  const [waiting, kept] = [await open(6), await open(6)]
  // A stopping server closes used, idle connections first.
  for (const line of kept) line.send(`GET /livez HTTP/1.1\r\nHost: ${line.host}\r\n\r\n`)
  await Promise.all(kept.map((line) => line.until(/alive/)))
  await Promise.all(waiting.map((line, index) => sendSignUp(line, `waiting-${index}`)))
  await waiting[0]?.until(/200 OK/)
  // The system accepts for a paused server. Without the pause the signal may arrive before requests that were
  // sent earlier, on a busy machine.
  server.child.kill('SIGSTOP')
  const fresh = await open(6)
  await Promise.all(kept.map((line, index) => sendSignUp(line, `kept-${index}`)))
  await Promise.all(fresh.map((line, index) => sendSignUp(line, `fresh-${index}`)))
  await exchange(other.url, 'GET / HTTP/1.1')
  server.child.kill('SIGTERM')
  server.child.kill('SIGCONT')

  expect(await answersOn(waiting)).toEqual({ '200': 6 })
  expect(await answersOn(kept)).toEqual({ '200': 6 })
  expect(await answersOn(fresh)).toEqual({ '200': 6 })
  expect(await server.ended()).toBe(0)
  expect(server.err()).toBe('')
  expect(usernamesIn(folder.databaseUrl).size).toBe(18)
})

test('SIGTERM under load: every completed sign-up was answered, and none fails', async () => {
  using folder = dataFolder()
  await using server = startServer({ DATABASE_URL: folder.databaseUrl, ...relaxed })
  const url = await server.url()
  const answered: string[] = []
  const statuses = new Set<number>()
  let unsent = 0
  const keepBusy = async (worker: number) => {
    for (let user = 0; ; user += 1) {
      const username = `p${worker}-${user}`
      try {
        const answer = await post(
          url,
          'auth.signup',
          signupInput({ username, password, email: `${username}@a.example` }),
        )
        statuses.add(answer.status)
      } catch {
        // The server no longer accepts connections.
        unsent += 1
        return
      }
      answered.push(username)
      if (answered.length === 30) server.child.kill('SIGTERM')
    }
  }
  await Promise.all(Array.from({ length: 12 }, (_, worker) => keepBusy(worker)))
  expect(await server.ended()).toBe(0)
  expect(server.err()).toBe('')
  expect([...statuses]).toEqual([200])
  expect(usernamesIn(folder.databaseUrl)).toEqual(new Set(answered))
  expect(answered.length).toBeGreaterThan(30)
  // Each worker ends with one request that the server did not accept. The server logs each request that it
  // reads.
  expect(unsent).toBe(12)
  expect(server.out().match(/"path":"\/trpc\/auth\.signup"/g)).toHaveLength(answered.length)
})
