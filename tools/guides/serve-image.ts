import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { dirname, delimiter } from 'node:path'
import type { readDockerfile } from './dockerfile.ts'

interface ImageOptions {
  folder: string
  data: string
  port: number
  user: { uid?: number; gid?: number }
  dockerfile: ReturnType<typeof readDockerfile>
}

interface ServedImage {
  /** @returns what the server printed so far */
  printed(): string
  /** Runs the health check of the Dockerfile. */
  health(): Promise<number | null>
  page(path: string): Promise<string>
  /** @returns the cookies of the new session */
  signUp(username: string): Promise<string>
  usernameOf(cookie: string): Promise<string | undefined>
  /** Runs a line of a shell in the container's place. */
  execute(line: string): string
  /** Sends TERM and waits for the end. */
  stop(): Promise<{ code: number | null; seconds: number }>
}

/** A client behind a proxy that terminates https. */
const headers = { 'x-forwarded-for': '192.0.2.1', 'content-type': 'application/json' }

/**
 * Runs the commands of the Dockerfile in the folder of an image, as a server that others can reach. The
 * variables are those of the Dockerfile, with `/data` and the port replaced.
 */
export async function serveImage({
  folder,
  data,
  port,
  user,
  dockerfile,
}: ImageOptions): Promise<ServedImage> {
  const env = {
    ...dockerfile.env,
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    DATABASE_URL: (dockerfile.env['DATABASE_URL'] ?? '').replace('/data', data),
    PORT: String(port),
    PUBLIC_URL: 'https://accounts.example.org',
    TRUST_PROXY: '1',
    AUTH_SECRETS: 'a secret of the test that has at least 32 bytes',
    DRAIN_DELAY: '1s',
  }
  const options = { cwd: folder, env, ...user }
  const [program = '', ...args] = dockerfile.command
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'close')
  const printed = collectOutput(child)
  await untilReady(child, printed)
  const url = `http://127.0.0.1:${port}`
  return {
    printed,
    health: async () => {
      const [check = '', ...checkArgs] = dockerfile.healthCheck
      const [code] = await once(spawn(check, checkArgs, { ...options, stdio: 'ignore' }), 'close')
      return code
    },
    page: async (path) => (await fetch(url + path, { headers })).text(),
    signUp: async (username) => {
      const body = JSON.stringify({ username, password: 'correct horse battery staple' })
      const response = await fetch(`${url}/trpc/auth.signup`, { method: 'POST', headers, body })
      if (!response.ok) throw new Error(await response.text())
      return response.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; ')
    },
    usernameOf: async (cookie) => {
      const response = await fetch(`${url}/trpc/account.me`, { headers: { ...headers, cookie } })
      return /"username":"([^"]+)"/.exec(await response.text())?.[1]
    },
    execute: (line) => {
      const words = ['-c', line.replaceAll('/data/', `${data}/`)]
      const { status, stdout, stderr } = spawnSync('sh', words, { ...options, encoding: 'utf8' })
      if (status !== 0) throw new Error(stdout + stderr)
      return stdout
    },
    stop: async () => {
      const startedAt = performance.now()
      child.kill('SIGTERM')
      const [code] = await ended
      return { code, seconds: (performance.now() - startedAt) / 1_000 }
    },
  }
}

function collectOutput({ stdout, stderr }: ReturnType<typeof spawn>): () => string {
  let output = ''
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  return () => output
}

function untilReady(child: ReturnType<typeof spawn>, printed: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      if (printed().includes('is ready on')) resolve()
    })
    child.once('close', () => reject(new Error(`The server of the image did not start:\n${printed()}`)))
  })
}
