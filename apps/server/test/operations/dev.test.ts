import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { signupInput } from '@app/contract/testing'
import { freePort } from '@app/router/testing'
import { expect, test } from 'vitest'
import { devAddresses } from '../../dev/addresses.ts'
import { redirectToVite } from '../../dev/redirect-to-vite.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { startGroup } from '../support/process-group.ts'
import { dataFolder } from '../support/server-process.ts'

const program = fileURLToPath(new URL('../../dev/run.ts', import.meta.url))

test.each([
  [{}, { WEB_PORT: '5173', API_URL: 'http://localhost:8087', API_ORIGIN: 'http://localhost:8087' }],
  [
    { PORT: '9000', WEB_PORT: '9001' },
    { WEB_PORT: '9001', API_URL: 'http://localhost:9000', API_ORIGIN: 'http://localhost:9000' },
  ],
  [{ HOST: '::1' }, { API_URL: 'http://[::1]:8087', API_ORIGIN: 'http://localhost:8087' }],
  [
    { HOST: '0.0.0.0', PUBLIC_URL: 'https://accounts.example.org' },
    { API_URL: 'http://localhost:8087', API_ORIGIN: 'https://accounts.example.org' },
  ],
  [
    { API_URL: 'https://staging.example.org/', PUBLIC_URL: 'http://localhost:1' },
    { API_URL: 'https://staging.example.org/', API_ORIGIN: 'https://staging.example.org' },
  ],
])('npm run dev with %j', (settings, addresses) => {
  expect(devAddresses(settings)).toMatchObject(addresses)
})

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
