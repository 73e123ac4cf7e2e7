import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { signupInput } from '@app/contract/testing'
import { freePort } from '@app/router/testing'
import { expect, test } from 'vitest'
import { redirectToVite } from '../../dev/redirect-to-vite.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { startGroup } from '../support/process-group.ts'
import { dataFolder } from '../support/server-process.ts'

const program = fileURLToPath(new URL('../../dev/run.ts', import.meta.url))

test('npm run dev: wrong addresses end it with a message and without a stack', async () => {
  const wrong = { PORT: 'abc', API_URL: 'zz' }
  expect(await endOfDev(wrong)).toEqual({
    code: 1,
    output: expect.stringMatching(
      /^\S.* cannot start: these settings must be changed:\n {2}PORT must .*\n {2}API_URL must .*\n$/,
    ),
  })
  const [port, webPort] = [String(await freePort()), String(await freePort())]
  const { output } = await endOfDev({ HOST: '192.0.2.1', PORT: port, WEB_PORT: webPort })
  expect(output).toMatch(/cannot start: HOST is 192\.0\.2\.1, which is no address of this machine\. .*\n$/)
})

test.each(['WEB_PORT', 'PORT'])('npm run dev: a %s in use ends it with a message', async (setting) => {
  const other = createServer().listen(0, 'localhost')
  await once(other, 'listening')
  // A TCP server has an address object, not the name of a pipe.
  const { port } = other.address() as AddressInfo
  const free = String(await freePort())
  const settings = { HOST: 'localhost', PORT: free, WEB_PORT: free, [setting]: String(port) }
  expect(await endOfDev(settings)).toEqual({
    code: 1,
    output: expect.stringMatching(
      new RegExp(
        `cannot start: Port ${port} is in use. Stop the program that has it, or set ${setting} to another number.\\n$`,
      ),
    ),
  })
  other.close()
})

/** Runs it until it ends. */
async function endOfDev(settings: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, ENV_FILE: '/dev/null', ...settings }
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, error, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { code, output: out + error }
}

test('npm run dev: the redirect to Vite keeps the host name of the request', async () => {
  await using app = await testApp({ routes: redirectToVite('5173') })
  const { headers } = await fetch(`${app.url}/login`, { redirect: 'manual' })
  expect(headers.get('location')).toBe('http://127.0.0.1:5173/login')
})

test('npm run dev takes PORT and WEB_PORT from .env, signs up through Vite, and ends with Ctrl-C', async () => {
  using folder = dataFolder()
  const web = `http://localhost:${await freePort()}`
  const server = `http://localhost:${await freePort()}`
  const { PATH, HOME } = process.env
  const envFile = path.join(folder.path, '.env')
  const ports = `PORT=${new URL(server).port}\nWEB_PORT=${new URL(web).port}\n`
  writeFileSync(envFile, ports, { mode: 0o600 })
  const settings = {
    DATABASE_URL: folder.databaseUrl,
    PASSWORD_HASH_COST: '4',
    ENV_FILE: envFile,
    SIGNUP: 'open',
  }
  await using dev = startGroup([process.execPath, program, '--no-daemon', '--ui=stream'], {
    env: { PATH, HOME, TURBO_TELEMETRY_DISABLED: '1', ...settings },
  })
  // Vite and the server start side by side.
  await dev.prints(/Local: +http[^]*ready on http|ready on http[^]*Local: +http/)
  const answer = await fetch(`${web}/trpc/auth.signup`, {
    method: 'POST',
    headers: { origin: web, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
    body: JSON.stringify(signupInput({})),
  })
  expect({ status: answer.status, text: await answer.text() }).toMatchObject({ status: 200 })
  const foreign = await fetch(`${web}/trpc/auth.logout`, {
    method: 'POST',
    headers: { origin: 'https://other.example', 'content-type': 'application/json' },
  })
  expect(foreign.status).toBe(403)
  // The server renders pages without scripts and answers the tutorials' API, also through Vite.
  expect((await fetch(`${web}/plain/login`)).headers.get('cache-control')).toBe('no-store')
  expect((await fetch(`${web}/api/id`)).status).toBe(401)
  // A page at the port of the server, such as the link in a mail, leads to Vite.
  for (const target of ['/', '/login?redirect=%2Fusers']) {
    const page = await fetch(server + target, { redirect: 'manual' })
    expect([page.status, page.headers.get('location')]).toEqual([307, web + target])
    expect(await (await fetch(server + target)).text()).toContain('/@vite/client')
  }
  for (const target of ['/livez', '/plain/login']) {
    expect((await fetch(server + target, { redirect: 'manual' })).status).toBe(200)
  }
  expect((await fetch(`${server}/login`, { method: 'DELETE', redirect: 'manual' })).status).toBe(405)
  await dev.interrupt()
  await expect(fetch(web)).rejects.toThrow('fetch failed')
})
