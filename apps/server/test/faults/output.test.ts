import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { signupInput } from '@app/contract/testing'
import { freePort, isInstalled } from '@app/router/testing'
import { expect, onTestFinished, test } from 'vitest'
import { fillDisk, rename } from '../support/fill-disk.ts'
import { seenBy, withMount } from '../support/mount-namespace.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import { dataFolder, startServer } from '../support/server-process.ts'

const isLinux = process.platform === 'linux'
const mounts = isInstalled('unshare')
const settings = { LOG_LEVEL: 'debug', LIMITS: 'relaxed' }
const ada = signupInput({ username: 'ada', password: 'correct horse battery' })

/** Chooses a port in advance for a server whose output cannot be read. */
async function atKnownPort(): Promise<{ url: string; settings: Record<string, string> }> {
  const port = await freePort()
  return { url: `http://127.0.0.1:${port}`, settings: { ...settings, PORT: String(port) } }
}

async function isAlive(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/livez`).catch(() => undefined)
  return answer?.status === 200
}

/** Makes requests that log about this many kilobytes. */
async function fillOutput(url: string, kilobytes: number): Promise<void> {
  const quarter = async () => {
    for (let written = 0; written < kilobytes / 4; written += 0.4)
      await fetch(`${url}/livez/${'x'.repeat(190)}`)
  }
  await Promise.all([quarter(), quarter(), quarter(), quarter()])
}

test.runIf(isLinux)('output to a full device: the server serves, reports it and stops with 0', async () => {
  using folder = dataFolder()
  const known = await atKnownPort()
  const within = ['sh', '-c', 'exec "$@" > /dev/full', 'sh']
  await using server = startServer({ ...known.settings, DATABASE_URL: folder.databaseUrl }, within)
  await expect.poll(() => isAlive(known.url)).toBe(true)
  expect((await post(known.url, 'auth.signup', ada)).status).toBe(200)
  server.child.kill('SIGTERM')
  expect(await server.ended()).toBe(0)
  expect(server.err()).toBe('Log lines are lost: standard output failed (ENOSPC).\n')
})

test('output whose reader has gone: the server serves, reports it and stops with 0', async () => {
  using folder = dataFolder()
  await using server = startServer({ ...settings, DATABASE_URL: folder.databaseUrl })
  const url = await server.url()
  server.child.stdout?.destroy()
  for (let count = 0; count < 3; count += 1) expect(await isAlive(url)).toBe(true)
  expect((await post(url, 'auth.signup', ada)).status).toBe(200)
  server.child.kill('SIGTERM')
  expect(await server.ended()).toBe(0)
  expect(server.err()).toBe('Log lines are lost: standard output failed (EPIPE).\n')
})

test('output whose reader hangs: the server serves and stops with 0', async () => {
  using folder = dataFolder()
  await using server = startServer({ ...settings, DATABASE_URL: folder.databaseUrl })
  const url = await server.url()
  server.child.stdout?.pause()
  // This process reads ahead, and each end of the pipe buffers some output.
  await fillOutput(url, 300)
  expect((await post(url, 'auth.signup', ada)).status).toBe(200)
  const ended = new Promise((resolve) => server.child.once('exit', resolve))
  server.child.kill('SIGTERM')
  expect(await ended).toBe(0)
  server.child.stdout?.resume()
})

test('output whose reader hangs: a second signal ends the server at once', async () => {
  using folder = dataFolder()
  const stopsLate = { ...settings, DATABASE_URL: folder.databaseUrl, DRAIN_DELAY: '5m' }
  await using server = startServer(stopsLate)
  const url = await server.url()
  server.child.stdout?.pause()
  await fillOutput(url, 300)
  const ended = new Promise((resolve) => server.child.once('exit', resolve))
  server.child.kill('SIGTERM')
  await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(503)
  server.child.kill('SIGTERM')
  expect(await ended).toBe(1)
  server.child.stdout?.resume()
})

test.runIf(isInstalled('script'))(
  'output to a terminal that stops and then ends: the server serves and stops',
  async () => {
    using folder = dataFolder()
    const known = await atKnownPort()
    const pidFile = path.join(folder.path, 'pid')
    // The server runs in its own session, so SIGHUP of the terminal does not end it.
    const command = `setsid -w sh -c 'echo $$ > ${pidFile}; exec $PROGRAM'`
    const within = ['sh', '-c', 'export PROGRAM="$*"; exec script -qec "$0" /dev/null', command]
    const environment = { ...known.settings, DATABASE_URL: folder.databaseUrl, SHELL: '/bin/sh' }
    await using terminal = startServer(environment, within)
    await expect.poll(() => isAlive(known.url)).toBe(true)
    const pid = Number(readFileSync(pidFile, 'utf8'))
    onTestFinished(() => void (existsSync(`/proc/${pid}`) && process.kill(pid, 'SIGKILL')))
    terminal.child.kill('SIGSTOP')
    await fillOutput(known.url, 80)
    expect((await post(known.url, 'auth.signup', ada)).status).toBe(200)

    terminal.child.kill('SIGKILL')
    await fillOutput(known.url, 2)
    expect(await isAlive(known.url)).toBe(true)
    process.kill(pid, 'SIGTERM')
    await expect.poll(() => existsSync(`/proc/${pid}`)).toBe(false)
    // The last connection to close removes the WAL, so the server stopped in order.
    expect(existsSync(`${folder.databaseUrl.slice('file:'.length)}-wal`)).toBe(false)
  },
)

test.skipIf(!mounts)(
  'output to a full disk: reads work, and the log continues once there is space',
  async () => {
    using folder = dataFolder()
    const disk = path.join(folder.path, 'disk')
    mkdirSync(disk)
    const known = await atKnownPort()
    const environment = { DATABASE_URL: `file:${disk}/app.db`, AUTH_SECRETS: 'x'.repeat(32) }
    const within = withMount('mount -t tmpfs -o size=16m tmpfs "$0" && exec > "$0/log"', disk)
    await using server = startServer({ ...known.settings, ...environment }, within)
    await expect.poll(() => isAlive(known.url)).toBe(true)
    const [cookie] = (await post(known.url, 'auth.signup', ada)).cookies
    const filler = await fillDisk(seenBy(server.child.pid, disk), () => rename(known.url, cookie))
    await fillOutput(known.url, 12)
    expect((await get(known.url, 'account.me', cookie)).text).toContain('"username":"ada"')
    expect(reasonIn(await rename(known.url, cookie))).toBe('UNAVAILABLE')

    rmSync(filler)
    expect((await rename(known.url, cookie)).status).toBe(200)
    const log = () => readFileSync(seenBy(server.child.pid, `${disk}/log`), 'utf8')
    await expect.poll(log).toMatch(/^\{.*"lines":\d+,"msg":"lines before this one were lost"\}$/m)
    const isWhole = (line: string) =>
      /^(\{.*\}|[A-Z].* (?:is ready|are shown) on .*|No admin yet\. .*)$/.test(line)
    expect(
      log()
        .trimEnd()
        .split('\n')
        .filter((line) => !isWhole(line)),
    ).toEqual([])
    server.child.kill('SIGTERM')
    expect(await server.ended()).toBe(0)
    // Each time that the disk is full again starts a new message.
    expect(server.err()).toMatch(/^(Log lines are lost: standard output failed \(ENOSPC\)\.\n)+$/)
  },
)
