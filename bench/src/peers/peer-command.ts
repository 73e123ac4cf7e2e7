import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Peer } from './peers.ts'

/** Has its own package.json and lockfile, which the normal install does not read. */
export const peersFolder = fileURLToPath(new URL('../../peers/', import.meta.url))
const repository = fileURLToPath(new URL('../../../', import.meta.url))

export interface PeerSettings {
  port: number
  /** Of the database. */
  folder: string
  hashCost: number
}

interface Command {
  command: string
  args: string[]
  env: NodeJS.ProcessEnv
}

/** Another Python, which may be first in PATH, does not have Debian's packages. */
const debianPython = '/usr/bin/python3'

const secret = 'a secret that only these benchmarks share'

/** Returns the command that starts a server. None of them writes a line for a request. */
export function commandOf({ program }: Peer, { port, folder, hashCost }: PeerSettings): Command {
  const env: NodeJS.ProcessEnv = { PATH: process.env['PATH'], PORT: String(port) }
  if (program === 'ours') {
    Object.assign(env, {
      ENV_FILE: '/dev/null',
      DATABASE_URL: `file:${folder}/bench.db`,
      AUTH_SECRETS: secret,
      PASSWORD_HASH_COST: String(hashCost),
      LIMITS: 'relaxed',
      LOG_LEVEL: 'error',
      SIGNUP: 'open',
    })
    return { command: process.execPath, args: [path.join(repository, 'apps/server/dist/main.js')], env }
  }
  Object.assign(env, {
    NODE_ENV: 'production',
    PYTHONDONTWRITEBYTECODE: '1',
    DATABASE_FILE: path.join(folder, 'bench.db'),
    HASH_COST: String(hashCost),
    SECRET: secret,
  })
  if (program === 'flask') {
    const options = `-k gthread --threads 8 --keep-alive 60 --log-level error -b 127.0.0.1:${port}`
    return {
      command: debianPython,
      args: ['-m', 'gunicorn', '--chdir', peersFolder, ...options.split(' '), 'flask_app:app'],
      env,
    }
  }
  const [file, ...args] = program
  return { command: process.execPath, args: [path.join(peersFolder, file), ...args], env }
}

/** Installs the packages of the peers, as their lockfile has them. It takes 0.2 s when nothing is missing. */
export function installPeers(): void {
  const { status, stdout } = spawnSync(
    process.execPath,
    [path.join(repository, 'tools/pnpm.mjs'), '-C', peersFolder, 'install', '--frozen-lockfile'],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`The packages of bench/peers cannot be installed:\n${stdout}`)
}

/** Returns the versions of Flask and its packages, or null if one is not installed. */
export function flaskVersions(): string | null {
  const program =
    'import bcrypt, gunicorn, importlib.metadata, jwt, platform; ' +
    'print("Python", platform.python_version(), ' +
    '*(f"{n} {importlib.metadata.version(n)}" for n in ("Flask", "PyJWT", "bcrypt", "gunicorn")), sep=", ")'
  const { status, stdout } = spawnSync(debianPython, ['-c', program], { encoding: 'utf8' })
  return status === 0 ? stdout.trim().replace('Python, ', 'Python ') : null
}
