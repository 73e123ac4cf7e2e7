import { execFileSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { repositoryRoot } from '@app/router'
import { isInstalled } from '@app/router/testing'
import { expect, test } from 'vitest'
import { openConnections } from '../support/open-connections.ts'
import { exchange } from '../support/raw-connection.ts'
import { dataFolder, mainProgram, startServer } from '../support/server-process.ts'

test.skipIf(!isInstalled('prlimit'))(
  'open files: a shortage of open files is logged, answers to open ones go on, and it ends with them',
  async () => {
    using folder = dataFolder()
    await using server = startServer({ DATABASE_URL: folder.databaseUrl })
    const url = await server.url()
    const { pid } = server.child
    const ofReadiness = () => exchange(url, 'GET /readyz HTTP/1.1')
    expect(await ofReadiness()).toMatch(/ready\s*$/)
    const spare = 10
    const files = readdirSync(`/proc/${pid}/fd`).length + spare
    execFileSync('prlimit', [`--pid=${pid}`, `--nofile=${files}:${files}`])

    const [wanted, line] = [60, /"code":"EMFILE","msg":"connections are rejected"/g]
    const held = await openConnections(url, wanted, '127.0.0.2')
    expect(held.length).toBeGreaterThan(0)
    expect(held.length).toBeLessThan(wanted / 2)
    await expect.poll(() => server.out().match(line)).toHaveLength(1)
    for (const socket of held) socket.destroy()

    // Reported with the first connection after ten seconds without a rejected one.
    const again = /"rejected":(\d+),"msg":"connections are accepted again"/
    const answered = async () => {
      for (const socket of await openConnections(url, 1, '127.0.0.3')) socket.destroy()
      return server.out()
    }
    await expect.poll(answered, { interval: 500, timeout: 60_000 }).toMatch(again)
    expect(Number(again.exec(server.out())?.[1])).toBeGreaterThanOrEqual(wanted - held.length)
    expect(await ofReadiness()).toMatch(/ready\s*$/)
    expect(server.out().match(line)).toHaveLength(1)
  },
  120_000,
)

test('open files: a server that may not open any file but its own accepts connections', async () => {
  using folder = dataFolder()
  const envFile = path.join(folder.path, 'env')
  writeFileSync(envFile, '')
  const readable = [repositoryRoot, folder.path].map((each) => `--allow-fs-read=${each}`)
  const permissions = ['--permission', '--allow-worker', '--allow-addons', ...readable]
  const node = [...permissions, `--allow-fs-write=${folder.path}`, mainProgram]
  await using server = startServer({ DATABASE_URL: folder.databaseUrl, ENV_FILE: envFile }, [], node)
  expect(await exchange(await server.url(), 'GET /livez HTTP/1.1')).toMatch(/alive\s*$/)
  expect(server.out()).not.toContain('connections are rejected')
})
