import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { openExpiredRows } from '@app/router/testing'
import type { ExpiredCounts } from '@app/router/testing'
import { reply, startProgram } from './child-program.ts'
import { cpuMsOfConnections } from './connection-cpu-time.ts'
import { cpuMsOfThreads } from './cpu-time.ts'
import { createGrowthClient } from './growth-client.ts'
import type { Answer, Call, GrowthClient } from './growth-client.ts'
import type { Spent } from './growth-report.ts'

/** A server with a database of one size. */
export interface Subject {
  users: number
  url: string
  server: ChildProcess
  client: GrowthClient
}

/** Enough for a server to finish what it does after an answer. */
const quietMs = 2

/** Starts a server. @returns what its start took, without that of its process */
export async function startSubject(users: number, url: string): Promise<{ subject: Subject; spent: Spent }> {
  const server = startProgram('growth-server.ts', [url])
  // Sound: the program sends this.
  const { port, ms, cpuMs } = (await reply(server)) as Spent & { port: number }
  const spent = { ms, cpuMs: cpuMs + (await cpuMsOfConnections(url)) }
  server.send('create the admin')
  await reply(server)
  return { subject: { users, url, server, client: createGrowthClient(port) }, spent }
}

/** Waits for the end, because closing a database moves its log into the file. */
export async function stopSubject({ server, client }: Subject): Promise<void> {
  client.close()
  const ended = once(server, 'exit')
  server.disconnect()
  await ended
}

export async function measure(subject: Subject, call: Call): Promise<{ answer: Answer; spent: Spent }> {
  const before = await cpuMsOf(subject)
  const answer = await subject.client.call(call)
  await pause(quietMs)
  return { answer, spent: { ms: answer.ms, cpuMs: (await cpuMsOf(subject)) - before } }
}

/** One round deletes fewer expired rows, so that every sweep finds the ten that it takes. */
const expiredPerRound: ExpiredCounts = {
  audit_events: 150,
  sessions: 50,
  access_tokens: 20,
  login_throttles: 100,
  one_time_secrets: 50,
  invitations: 20,
}

/**
 * Gives each size the same number of expired rows, enough for some rounds, or none.
 * @throws Error when those of the last time were used up, because later calls had less to delete
 */
export async function setExpiredRows({ url, users }: Subject, rounds: number, isFirst: boolean) {
  await using expired = await openExpiredRows(url, users)
  const rest = Object.entries(await expired.count())
  const usedUp = rest.flatMap(([table, count]) => (count === 0 ? [table] : []))
  if (rounds > 0 && !isFirst && usedUp.length > 0) {
    throw new Error(`With ${users} users, ${usedUp.join()} had too few expired rows.`)
  }
  const counts = Object.entries(expiredPerRound).map(([table, count]) => [table, count * rounds] as const)
  await expired.setTo(Object.fromEntries(counts))
}

async function cpuMsOf({ server, url }: Subject): Promise<number> {
  return cpuMsOfThreads(server.pid ?? 0) + (await cpuMsOfConnections(url))
}
