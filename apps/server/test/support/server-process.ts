import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The source of what `npm start` runs. */
export const mainProgram = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** The server in its own process, started as an operator starts it. */
export interface ServerProcess extends AsyncDisposable {
  readonly child: ChildProcess
  /** What it has printed so far. */
  readonly out: () => string
  readonly err: () => string
  /** Resolves with the match when the standard output matches. @throws Error when the process ends first */
  until(pattern: RegExp): Promise<RegExpExecArray>
  /** The address, once it is ready. */
  url(): Promise<string>
  /** Resolves with the exit code, or the signal that ended it. */
  ended(): Promise<number | NodeJS.Signals>
}

/**
 * @param within a program, with its arguments, that is given the server's command to run
 * @param node what Node is given to run
 */
export function startServer(
  environment: Record<string, string>,
  within: readonly string[] = [],
  node: readonly string[] = [mainProgram],
): ServerProcess {
  const [program = process.execPath, ...args] = [...within, process.execPath, ...node]
  const child = spawn(program, args, {
    env: { ...inherited(), PORT: '0', PASSWORD_HASH_COST: '4', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 0))
  })
  const until = async (pattern: RegExp) => {
    for (;;) {
      const found = pattern.exec(out)
      if (found !== null) return found
      const next = new Promise((resolve) => child.stdout.once('data', resolve))
      const result = await Promise.race([next, ended.then((code) => ({ code }))])
      if (typeof result === 'object')
        throw new Error(`The server ended: ${JSON.stringify(result)} ${out} ${err}`)
    }
  }
  return {
    child,
    out: () => out,
    err: () => err,
    until,
    url: async () => (await until(/ready on (http:\S+)\n/))[1]?.replace('localhost', '127.0.0.1') ?? '',
    ended: () => ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Excludes the developer's own settings. */
function inherited(): Record<string, string | undefined> {
  const { PATH, NODE_COMPILE_CACHE } = process.env
  return { PATH, NODE_COMPILE_CACHE, ENV_FILE: '/dev/null', SIGNUP: 'open' }
}

/** A folder for the data of one test. */
export function dataFolder(): Disposable & { readonly path: string; readonly databaseUrl: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'app-server-'))
  return {
    path: folder,
    databaseUrl: `file:${path.join(folder, 'data/app.db')}`,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
