import { spawn } from 'node:child_process'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@app/client'
import { signupInput } from '@app/contract/testing'
import { freePort } from '@app/router/testing'
import { expect, test } from 'vitest'
import { copyRepository } from '../support/copied-repository.ts'
import { dataFolder, startServer } from '../support/server-process.ts'

const start = 'apps/server/src/start.ts'
const procedures = 'packages/router/src/features/account/procedures.ts'
const page = 'src/pages/welcome.tsx'

test('npm run dev: edits reach the open page and the next call, a mistake waits for its mend, and the session stays', async () => {
  using copy = copyRepository()
  const web = `http://localhost:${await freePort()}`
  const server = `http://localhost:${await freePort()}`
  const envFile = path.join(copy.root, '.env')
  writeFileSync(envFile, 'PASSWORD_HASH_COST=4\n', { mode: 0o600 })
  const [PORT, WEB_PORT] = [new URL(server).port, new URL(web).port]
  await using dev = runDev(copy.root, { PORT, WEB_PORT, API_URL: server })
  await dev.prints(/Local: +http[^]*ready on http|ready on http[^]*Local: +http/)
  const api = createClient(web)
  await api.auth.signup.mutate(signupInput({ username: 'ada' }))
  const name = () => api.account.me.query().then((user) => user.name)

  // Vite sends an update to the pages that have loaded the module.
  const updates: string[] = []
  const socket = new WebSocket(web.replace('http', 'ws'), 'vite-hmr')
  socket.addEventListener('message', ({ data }) => updates.push(String(data)))
  await expect.poll(() => updates.join('\n')).toContain('connected')
  await fetch(`${web}/${page}`)
  copy.replace(`apps/web/${page}`, 'Welcome to', 'Edited for')
  await expect.poll(() => updates.join('\n')).toContain(`"/${page}"`)
  socket.close()
  expect(await (await fetch(`${web}/${page}`)).text()).toContain('Edited for')

  // The first edit has replaced the file by another of the same name, before the second one.
  const edited = "query(async ({ ctx }) => ({ ...(await ctx.self()), name: 'first edit' }))"
  copy.replace(procedures, 'query(({ ctx }) => ctx.self())', edited)
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

  await dev.interrupt()
  for (const url of [web, server]) await expect(fetch(url)).rejects.toThrow('fetch failed')
})

test('npm run dev: the server ends when the process that restarts it is killed', async () => {
  using folder = dataFolder()
  const program = fileURLToPath(new URL('../../dev/watch.ts', import.meta.url))
  await using watcher = startServer({ DATABASE_URL: folder.databaseUrl }, [], [program])
  const url = await watcher.url()
  watcher.child.kill('SIGKILL')
  // The output closes when the server has ended, too.
  await watcher.ended()
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})

/** Runs what `npm run dev` runs, each in a process group, as a shell does. */
function runDev(root: string, settings: Record<string, string>) {
  let output = ''
  const children = ['apps/server', 'apps/web'].map((folder) => {
    const cwd = path.join(root, folder)
    // Sound: npm requires the form.
    const { scripts } = JSON.parse(readFileSync(path.join(cwd, 'package.json'), 'utf8')) as {
      scripts: { dev: string }
    }
    const env = { PATH: `${cwd}/node_modules/.bin:${process.env['PATH']}`, ...settings }
    const child = spawn('sh', ['-c', `exec ${scripts.dev}`], { cwd, env, detached: true })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    return { child, closed: new Promise<void>((resolve) => child.once('close', () => resolve())) }
  })
  let seen = 0
  /** Presses Ctrl-C. */
  const interrupt = async () => {
    for (const { child } of children) {
      const hasEnded = child.exitCode !== null || child.signalCode !== null
      if (!hasEnded) process.kill(-(child.pid ?? 0), 'SIGINT')
    }
    await Promise.all(children.map(({ closed }) => closed))
  }
  return {
    /** Waits for output after the last that a call has waited for. */
    prints: async (pattern: RegExp) => {
      await expect.poll(() => output.slice(seen)).toMatch(pattern)
      seen = output.length
    },
    interrupt,
    [Symbol.asyncDispose]: interrupt,
  }
}
