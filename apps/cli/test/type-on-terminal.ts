import { spawn } from 'node:child_process'
import { isInstalled } from '@app/router/testing'
import { binary } from './run-command.ts'

export const hasTerminal = isInstalled('script')

/** Keys, each typed after the given words have appeared. */
export type Keys = [seen: string, typed: string][]

interface Conversation {
  environment: Record<string, string>
  keys: Keys
  /** A key that is typed when this resolves. */
  last?: Promise<string>
}

/**
 * Runs the command on a terminal. Returns what the terminal shows, the exit code and the state of the
 * terminal.
 */
export async function typeOnTerminal(
  words: string[],
  { environment, keys, last }: Conversation,
): Promise<string> {
  const quoted = [process.execPath, binary, ...words].map((word) => `'${word}'`).join(' ')
  // Ctrl-C ends the command and not the shell.
  const child = spawn('script', ['-qc', `trap : INT; ${quoted}; echo "code $?"; stty -a`, '/dev/null'], {
    env: { ...environment, TERM: 'xterm' },
  })
  const left = [...keys]
  let screen = ''
  let read = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text
    for (let next = left[0]; next !== undefined; next = left[0]) {
      const at = screen.indexOf(next[0], read)
      if (at < 0) return
      read = at + next[0].length
      child.stdin.write(next[1])
      left.shift()
    }
  })
  const closed = new Promise((resolve) => child.once('close', resolve))
  if (last !== undefined) child.stdin.write(await last)
  await closed
  return screen.replaceAll('\r\n', '\n')
}
