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
import { readDevAddresses } from '../../dev/addresses.ts'
import { redirectToVite } from '../../dev/redirect-to-vite.ts'
import { readConfig } from '../../src/config/config.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { startGroup } from '../support/process-group.ts'
import { dataFolder } from '../support/server-process.ts'

const program = fileURLToPath(new URL('../../dev/run.ts', import.meta.url))

test.each([
  [{}, { WEB_PORT: '5173', API_URL: 'http://127.0.0.1:8087', API_ORIGIN: 'http://localhost:8087' }],
  [
    { PORT: '', HOST: ' ', PUBLIC_URL: '', WEB_PORT: '', API_URL: '' },
    { WEB_PORT: '5173', API_URL: 'http://127.0.0.1:8087', API_ORIGIN: 'http://localhost:8087' },
  ],
  [
    { PORT: '9000', WEB_PORT: '9001' },
    { WEB_PORT: '9001', API_URL: 'http://127.0.0.1:9000', API_ORIGIN: 'http://localhost:9000' },
  ],
  [{ HOST: '::1' }, { API_URL: 'http://[::1]:8087', API_ORIGIN: 'http://localhost:8087' }],
  [
    { HOST: '0.0.0.0', PUBLIC_URL: 'https://accounts.example.org' },
    { API_URL: 'http://localhost:8087', API_ORIGIN: 'https://accounts.example.org' },
  ],
  [
    { API_URL: 'https://staging.example.org/', PUBLIC_URL: 'http://localhost:1' },
    { API_URL: 'https://staging.example.org', API_ORIGIN: 'https://staging.example.org' },
  ],
])('npm run dev with %j', (settings, addresses) => {
  expect(readDevAddresses(settings)).toMatchObject({ addresses, problems: [] })
})

test.each(['http://localhost:18852/', 'HTTP://LocalHost:18852', ' http://localhost:18852 '])(
  'npm run dev: Vite sends PUBLIC_URL %j as an origin that the server accepts',
  (PUBLIC_URL) => {
    const { addresses } = readDevAddresses({ PUBLIC_URL })
    expect(addresses?.API_ORIGIN).toBe('http://localhost:18852')
    expect(readConfig({ PUBLIC_URL }).config?.publicUrl).toBe(addresses?.API_ORIGIN)
  },
)

test.each([
  [{ PORT: 'abc' }, 'PORT must be a whole number from 0 to 65535.'],
  [{ HOST: 'a host' }, 'HOST must be an address or a name of this machine without a port'],
  [{ HOST: '999.0.0.1' }, 'API_URL must be set, because no URL can have the HOST 999.0.0.1.'],
  [{ PUBLIC_URL: 'localhost' }, 'PUBLIC_URL must be the address that browsers use'],
  [{ WEB_PORT: 'abc' }, 'WEB_PORT must be a whole number from 1 to 65535.'],
  [{ WEB_PORT: '0' }, 'WEB_PORT must be a whole number from 1 to 65535.'],
  [{ API_URL: 'zz' }, 'API_URL must be the address of a server'],
  [{ PORT: '9000', WEB_PORT: '9000' }, 'WEB_PORT must differ from PORT.'],
])('npm run dev rejects %j', (settings, problem) => {
  expect(readDevAddresses(settings).problems).toEqual([expect.stringContaining(problem)])
})

test('npm run dev: a wrong address and a WEB_PORT in use end it with a message and without a stack', async () => {
  const other = createServer().listen(0, 'localhost')
  await once(other, 'listening')
  // A TCP server has an address object, not the name of a pipe.
  const { port } = other.address() as AddressInfo
  const wrong = { PORT: 'abc', API_URL: 'zz' }
  expect(await endOfDev(wrong)).toEqual({
    code: 1,
    output: expect.stringMatching(
      /^\S.* cannot start: these settings must be changed:\n {2}PORT must .*\n {2}API_URL must .*\n$/,
    ),
  })
  expect(await endOfDev({ WEB_PORT: String(port) })).toEqual({
    code: 1,
    output: expect.stringMatching(
      new RegExp(
        `cannot start: Port ${port} is in use. Stop the program that has it, or set WEB_PORT to another number.\\n$`,
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
  await dev.prints(/Local: +http/)
  // Vite waits for the server if it does not listen yet.
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
