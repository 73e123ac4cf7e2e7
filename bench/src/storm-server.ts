// Runs the server from its sources, on the database of the first argument, with another way to hash if an
// argument names one. It sends its port to the parent process, replies to each message with the resources
// that it has used, and ends with the parent.
import { readFileSync } from 'node:fs'
import { migrateDatabase } from '@app/router'
import { readConfig } from '@app/server/config'
import { createApp } from '@app/server/create-app'
import { setGcFlags } from '@app/server/gc-flags'
import { createWay } from './storm-ways.ts'

/** The resources that the server and its child processes have used. */
export interface Usage {
  maxRssMb: number
  cpuMicros: number
  /** Ids of all processes of the server. */
  pids: number[]
}

const [, , databaseUrl = '', cost = '12', tickets = '', way = '', threads = ''] = process.argv
setGcFlags()
const { config, problems } = readConfig({
  DATABASE_URL: databaseUrl,
  AUTH_SECRETS: 'a secret for this benchmark only',
  PORT: '0',
  SIGNUP: 'open',
  PASSWORD_HASH_COST: cost,
  ...(tickets === '' ? {} : { HASH_CONCURRENCY: tickets }),
})
if (config === null) throw new Error(problems.join('\n'))

await migrateDatabase(config.accounts.databaseUrl)
const hashing = way === '' ? null : createWay(way, Number(threads))
const app = await createApp(config, hashing === null ? {} : { hasher: hashing.hasher })
const { port } = await app.listen()
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  const children = (hashing?.children ?? []).flatMap(({ pid }) => (pid === undefined ? [] : [pid]))
  const childrenMb = children.reduce((sum, pid) => sum + peakMb(pid), 0)
  const maxRssMb = process.resourceUsage().maxRSS / 1_024 + childrenMb
  const pids = [process.pid, ...children]
  process.send?.({ maxRssMb, cpuMicros: user + system, pids } satisfies Usage)
})
process.once('disconnect', () => {
  void app.close().then(() => hashing?.close())
})
process.send?.(port)

/** Returns the peak memory of a process. Linux only. */
function peakMb(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024
}
