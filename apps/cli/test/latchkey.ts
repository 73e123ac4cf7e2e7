import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const binary = fileURLToPath(new URL('../bin/latchkey.mjs', import.meta.url))

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

interface Surroundings {
  /** `DATABASE_URL` of the command. */
  url?: string
  /** What stands on standard input, which then ends. */
  input?: string | Buffer
  environment?: Record<string, string>
}

/** The command as a shell starts it, in a process of its own. */
export async function latchkey(
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
  // A command that refuses before it reads has closed the pipe.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  return { code: await ended, stdout, stderr }
}

/** Cheap hashes, and nothing of the machine's own settings. */
export function commandEnvironment(
  url = 'file:/nowhere/latchkey.db',
  more: Record<string, string> = {},
): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: url,
    AUTH_SECRETS: 'a secret that only these tests share',
    PASSWORD_HASH_COST: '4',
    PASSWORD_MIN: '8',
    ...more,
  }
}
