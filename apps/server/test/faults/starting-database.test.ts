import { once } from 'node:events'
import { createServer } from 'node:net'
import { cuttableProxy, describeOnPostgres, migratedTestDatabase } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'

const reason = 'the database system is starting up'

/** Answers each connection at the address as a PostgreSQL that recovers does, until the end of the block. */
async function startingPostgres(url: string): Promise<AsyncDisposable> {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C57P03\0M${reason}\0\0`)
  const head = Buffer.alloc(5, 'E')
  head.writeInt32BE(fields.length + 4, 1)
  const { hostname, port } = new URL(url)
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end(Buffer.concat([head, fields])))
  })
  await once(server.listen(Number(port), hostname), 'listening')
  return server
}

describeOnPostgres('a database that is starting', () => {
  test('makes calls UNAVAILABLE with its reason in the log, and no error; all work once it has started', async () => {
    await using place = await migratedTestDatabase('postgres')
    await using cable = await cuttableProxy(place.url)
    await using app = await testApp({ databaseUrl: cable.url })
    const { cookie } = await newUser(app)
    const outcomes = async () => {
      const answers = [
        await get(app.url, 'account.me', cookie),
        await post(app.url, 'account.updateProfile', { name: 'Ada' }, cookie),
      ]
      return answers.map((answer) => reasonIn(answer) ?? 'ok')
    }
    await cable.cut()
    {
      await using _starting = await startingPostgres(cable.url)
      expect(await outcomes()).toEqual(['UNAVAILABLE', 'UNAVAILABLE'])
      expect(await (await fetch(`${app.url}/readyz`)).text()).toBe('database\n')
    }
    expect(app.log.text).toContain(`is shutting down or starting (57P03: ${reason})`)
    await cable.reconnect()
    expect(await outcomes()).toEqual(['ok', 'ok'])
  })
})
