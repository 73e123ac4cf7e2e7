import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

interface Served {
  /** @returns the cookies of the new session */
  signUp(username: string): Promise<string>
  logIn(username: string): Promise<string>
  /** @returns the user name of the session */
  usernameOf(cookie: string): Promise<string | undefined>
  stop(): Promise<void>
}

const password = 'correct horse battery staple'

/** Starts the server of a tree on its own database, without the web app. */
export async function serve(tree: string, port: number): Promise<Served> {
  const child = spawn(join(tree, 'node_modules/.bin/node'), ['apps/server/src/main.ts'], {
    cwd: tree,
    env: { PATH: process.env['PATH'] ?? '', PORT: String(port), PASSWORD_HASH_COST: '4' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const url = await readUrl(child)
  const call = async (path: string, init: RequestInit) => {
    const response = await fetch(`${url}/trpc/${path}`, init)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response
  }
  const post = async (path: string, body: unknown) => {
    const response = await call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
  }
  return {
    signUp: (username) => post('auth.signup', { username, password }),
    logIn: (username) => post('auth.login', { username, password }),
    usernameOf: async (cookie) => {
      const response = await call('account.me', { headers: { cookie } })
      return /"username":"([^"]+)"/.exec(await response.text())?.[1]
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function readUrl(child: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
        const url = /ready on (http:\S+)/.exec(output)?.[1]
        if (url !== undefined) resolve(url)
      })
    }
    child.once('close', () => reject(new Error(`The server of the copy did not start:\n${output}`)))
  })
}
