import { spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'
import { commands } from '../src/commands/index.ts'
import { run } from '../src/run.ts'

export const binary = fileURLToPath(new URL('../bin/cli.mjs', import.meta.url))

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

interface Surroundings {
  /** `DATABASE_URL` of the command. */
  url?: string
  /** The content of standard input, which then ends. */
  input?: string | Buffer
  environment?: Record<string, string>
}

/**
 * Runs a command in this process, with its own environment and standard streams. A process would take half a
 * second; `runProcess` is for tests that need one. Run one at a time: the environment belongs to the process.
 */
export async function runCommand(
  words: string[],
  { url, input = '', environment }: Surroundings = {},
): Promise<Ended> {
  const stdin = Object.getOwnPropertyDescriptor(process, 'stdin')
  const printed = { stdout: '', stderr: '' }
  using _log = vi.spyOn(console, 'log').mockImplementation((line) => void (printed.stdout += `${line}\n`))
  using _error = vi.spyOn(console, 'error').mockImplementation((line) => void (printed.stderr += `${line}\n`))
  const { env } = process
  process.env = commandEnvironment(url, environment)
  Object.defineProperty(process, 'stdin', { value: Readable.from([Buffer.from(input)]), configurable: true })
  try {
    return { code: await run(commands, words), ...printed }
  } finally {
    process.env = env
    if (stdin !== undefined) Object.defineProperty(process, 'stdin', stdin)
  }
}

/** Runs a command in a separate process, as a shell does. */
export async function runProcess(
  words: string[],
  { url, input = '', environment }: Surroundings = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [binary, ...words], { env: commandEnvironment(url, environment) })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  // A command that fails before it reads has closed the pipe.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  return { code: await ended, stdout, stderr }
}

/** Returns an environment with cheap hashes and none of the machine's own settings. */
export function commandEnvironment(
  url = 'file:/nowhere/app.db',
  more: Record<string, string> = {},
): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    ENV_FILE: '/dev/null',
    SIGNUP: 'open',
    DATABASE_URL: url,
    AUTH_SECRETS: 'a secret that only these tests share',
    PASSWORD_HASH_COST: '4',
    PASSWORD_MIN: '8',
    ...more,
  }
}
