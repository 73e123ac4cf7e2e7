import { expect, test } from 'vitest'
import type { Log } from '../../ports/log.ts'
import { cuttableProxy } from '../../testing/cuttable-proxy.ts'
import { describeOnPostgres, emptyTestDatabase, isInstalled } from '../../testing/index.ts'
import { startPgBouncer } from '../../testing/pgbouncer.ts'
import { onServer } from '../../testing/test-postgres.ts'
import { openNotifyChannel } from './notify-channel.ts'

function newMember(url: string, answers: { heartbeatMs?: number; answerMs?: number } = {}) {
  const [received, lines]: [string[], string[]] = [[], []]
  const keep = (_fields: object, message: string) => void lines.push(message)
  const log: Log = { info: keep, warn: keep, error: keep }
  const channel = openNotifyChannel({
    url,
    channel: 'test_news',
    onMessage: (payload) => received.push(payload),
    log,
    ...answers,
  })
  return {
    isOpen: () => channel.isOpen,
    send: channel.send,
    close: channel.close,
    opened: async () => {
      await expect.poll(() => channel.isOpen, { interval: 5 }).toBe(true)
    },
    received,
    lines,
    [Symbol.dispose]: channel.close,
  }
}

async function connectionsTo(url: string): Promise<number> {
  const name = new URL(url).pathname.slice(1)
  const { rows } = await onServer((client) =>
    client.query<{ count: number }>(
      'select count(*)::int as count from pg_stat_activity where datname = $1',
      [name],
    ),
  )
  return rows[0]?.count ?? 0
}

describeOnPostgres('a channel of processes', () => {
  test('channel: a message reaches the other members, once, and not its sender', async () => {
    await using database = await emptyTestDatabase('postgres')
    {
      using one = newMember(database.url)
      using other = newMember(database.url)
      await Promise.all([one.opened(), other.opened()])
      await one.send('first')
      await one.send('second')
      await other.send('third')
      await expect.poll(() => [one.received, other.received]).toEqual([['third'], ['first', 'second']])
    }
    await expect.poll(() => connectionsTo(database.url)).toBe(0)
  })

  test('channel: listens again after its connection broke, and drops what is sent meanwhile', async () => {
    await using database = await emptyTestDatabase('postgres')
    await using cable = await cuttableProxy(database.url)
    using one = newMember(database.url)
    using other = newMember(cable.url)
    await Promise.all([one.opened(), other.opened()])
    await cable.cut()
    await expect.poll(() => other.isOpen()).toBe(false)
    await other.send('never')
    await one.send('lost')
    await cable.reconnect()
    await other.opened()
    await one.send('news')
    await expect.poll(() => other.received).toEqual(['news'])
    expect([one.received, other.lines]).toEqual([[], []])
  })

  test('channel: finds a silent connection by its heartbeat', async () => {
    await using database = await emptyTestDatabase('postgres')
    await using cable = await cuttableProxy(database.url)
    using member = newMember(cable.url, { heartbeatMs: 20, answerMs: 500 })
    await member.opened()
    cable.freeze('present')
    await expect.poll(() => member.isOpen()).toBe(false)
    await member.opened()
  })

  test('channel: leaves a server that became a standby, and listens on no other', async () => {
    await using database = await emptyTestDatabase('postgres')
    const name = new URL(database.url).pathname.slice(1)
    const execute = (statements: string) => onServer((client) => client.query(statements), database.url)
    // The server cannot become a standby, so the function that says so is another one.
    await execute(`create table standby (); alter database ${name} set search_path = public, pg_catalog;
      create function pg_is_in_recovery() returns boolean language sql
        as 'select exists (select from public.standby)'`)
    using member = newMember(database.url, { heartbeatMs: 20 })
    await member.opened()
    await execute('insert into standby default values')
    await expect.poll(() => member.isOpen()).toBe(false)
    const outage = expect.stringContaining('no connection for LISTEN')
    await expect.poll(() => member.lines, { timeout: 20_000 }).toEqual([outage])
    await execute('delete from standby')
    await expect.poll(() => member.isOpen(), { timeout: 60_000 }).toBe(true)
  })

  test('channel: logs an outage once, and its end', async () => {
    await using database = await emptyTestDatabase('postgres')
    await using cable = await cuttableProxy(database.url)
    await cable.cut()
    using member = newMember(cable.url)
    const outage = expect.stringContaining('no connection for LISTEN')
    await expect.poll(() => member.lines).toEqual([outage])
    await cable.reconnect()
    await expect.poll(() => member.isOpen()).toBe(true)
    expect(member.lines).toEqual([outage, expect.stringContaining('at once again')])
  })

  test.skipIf(!isInstalled('pgbouncer'))('channel: behind PgBouncer it gives up with one line', async () => {
    await using database = await emptyTestDatabase('postgres')
    await using bouncer = await startPgBouncer(database.url)
    using member = newMember(bouncer.url)
    await expect.poll(() => member.lines).toEqual([expect.stringContaining('leads to a pooler')])
    await member.send('nobody')
    expect(member.isOpen()).toBe(false)
  })
})
