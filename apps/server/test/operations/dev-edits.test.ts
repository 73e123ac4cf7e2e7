import { appendFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createClient } from '@app/client'
import { signupInput } from '@app/contract/testing'
import { freePort } from '@app/router/testing'
import { expect, test } from 'vitest'
import { copyRepository } from '../support/copied-repository.ts'
import { startGroup } from '../support/process-group.ts'

const start = 'apps/server/src/start.ts'
const procedures = 'packages/router/src/features/account/procedures.ts'
// Not a page of the app: edits of those do not run this test (turbo.json).
const page = 'src/pages/edited.tsx'

test('npm run dev: edits reach the open page and the next call, a mistake waits for its mend, and the session stays', async () => {
  using copy = copyRepository()
  const web = `http://localhost:${await freePort()}`
  const server = `http://localhost:${await freePort()}`
  const envFile = path.join(copy.root, '.env')
  writeFileSync(envFile, 'PASSWORD_HASH_COST=4\n', { mode: 0o600 })
  writeFileSync(path.join(copy.root, 'apps/web', page), 'export const Edited = () => <p>Not yet edited</p>\n')
  const settings = { PORT: new URL(server).port, WEB_PORT: new URL(web).port, API_URL: server }
  await using vite = runDev(path.join(copy.root, 'apps/web'), settings)
  await using dev = runDev(path.join(copy.root, 'apps/server'), settings)
  await vite.prints(/Local: +http/)
  await dev.prints(/ready on http/)
  const api = createClient(web)
  await api.auth.signup.mutate(signupInput({ username: 'ada' }))
  const name = () => api.account.me.query().then((user) => user.name)

  // Vite sends an update to the pages that have loaded the module.
  const updates: string[] = []
  const socket = new WebSocket(web.replace('http', 'ws'), 'vite-hmr')
  socket.addEventListener('message', ({ data }) => updates.push(String(data)))
  await expect.poll(() => updates.join('\n')).toContain('connected')
  await fetch(`${web}/${page}`)
  copy.replace(`apps/web/${page}`, 'Not yet edited', 'Edited')
  await expect.poll(() => updates.join('\n')).toContain(`"/${page}"`)
  socket.close()
  expect(await (await fetch(`${web}/${page}`)).text()).toContain('"Edited"')

  // The first edit has replaced the file by another of the same name, before the second one.
  const edited = "query(async ({ ctx }) => ({ ...(await ctx.self()), name: 'first edit' }))"
  copy.replace(procedures, 'query(({ ctx }) => ctx.self())', edited)
  // Emacs locks an edited file by such a link, which is no edit.
  symlinkSync('ada@host.1', path.join(copy.root, path.dirname(procedures), '.#procedures.ts'))
  await dev.prints(/Restarting: \S+\/procedures\.ts changed/)
  await expect.poll(name).toBe('first edit')
  copy.replace(procedures, 'first edit', 'second edit')
  await expect.poll(name).toBe('second edit')

  copy.replace(start, 'async function start(', 'async function = start(')
  await dev.prints(/SyntaxError[^]*The server ended\. It starts again after the next edit\./)
  copy.replace(start, 'async function = start(', 'async function start(')
  await expect.poll(name).toBe('second edit')

  copy.replace(start, 'collectStartGarbage()', 'collectStartGarbage.missing()')
  await dev.prints(/missing is not a function[^]*start\.ts:\d+[^]*The server ended/)
  copy.replace(start, 'collectStartGarbage.missing()', 'collectStartGarbage()')
  await expect.poll(name).toBe('second edit')

  appendFileSync(envFile, 'SIGNUP=invite\n')
  await expect.poll(async () => (await api.auth.options.query()).signup).toBe('invite')
  await expect.poll(name).toBe('second edit')

  await Promise.all([dev.interrupt(), vite.interrupt()])
  for (const url of [web, server]) await expect(fetch(url)).rejects.toThrow('fetch failed')
})

/** Runs what `npm run dev` runs in a package. */
function runDev(cwd: string, settings: Record<string, string>) {
  // Sound: npm requires the form.
  const { scripts } = JSON.parse(readFileSync(path.join(cwd, 'package.json'), 'utf8')) as {
    scripts: { dev: string }
  }
  const env = { PATH: `${cwd}/node_modules/.bin:${process.env['PATH']}`, ...settings }
  return startGroup(['sh', '-c', `exec ${scripts.dev}`], { cwd, env })
}
