import { spawn, spawnSync } from 'node:child_process'
import { testDatabase } from '@app/router/testing'
import { describe, expect, test } from 'vitest'
import { binary, commandEnvironment } from './run-command.ts'

const password = 'correct horse battery'

/** Only the `script` of util-linux takes a command and returns its exit code. */
const hasScript = spawnSync('script', ['--version']).stdout?.includes('util-linux') ?? false

interface Conversation {
  /** Keys, each typed after the given words have appeared. */
  keys: [seen: string, typed: string][]
}

/**
 * Runs the command on a terminal. Returns what the terminal shows, the exit code and the state of the
 * terminal.
 */
async function onTerminal(url: string, { keys }: Conversation): Promise<string> {
  const command = `'${process.execPath}' '${binary}' admin create ada; echo "code $?"; stty -a`
  const child = spawn('script', ['-qc', command, '/dev/null'], {
    env: commandEnvironment(url, { TERM: 'xterm' }),
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
  await new Promise((resolve) => child.once('close', resolve))
  return screen.replaceAll('\r\n', '\n')
}

/** The terminal shows typed text and passes it on line by line, as before. */
const sane = expect.stringMatching(/(?<!-)\bicanon\b[^]*(?<!-)\becho\b/)

describe.skipIf(!hasScript)('the prompt', () => {
  test('prompt: asks twice, shows nothing, and creates the admin', async () => {
    await using database = await testDatabase('sqlite')
    const screen = await onTerminal(database.url, {
      keys: [
        ['Password: ', `${password}\r`],
        ['Password again: ', `${password}X\u007F\r`],
      ],
    })
    expect(screen).toMatch(/^Password: \nPassword again: \nCreated the admin ada\.\ncode 0\n/)
    expect(screen).toEqual(sane)
  })

  test('prompt: takes both lines from one paste', async () => {
    await using database = await testDatabase('sqlite')
    const screen = await onTerminal(database.url, {
      keys: [['Password: ', `${password}\r${password}\r`]],
    })
    expect(screen).toMatch(/^Password: \nPassword again: \nCreated the admin ada\.\ncode 0\n/)
  })

  test('prompt: creates no account when the two passwords differ', async () => {
    await using database = await testDatabase('sqlite')
    const screen = await onTerminal(database.url, {
      keys: [
        ['Password: ', `${password}\r`],
        ['Password again: ', 'something else\r'],
      ],
    })
    expect(screen).toContain('\nThe two passwords differ. Nothing was created.\ncode 1\n')
    expect(await database.db.read.selectFrom('users').select('id').execute()).toEqual([])
  })

  test('prompt: Ctrl-C ends it with 130 and restores the terminal', async () => {
    await using database = await testDatabase('sqlite')
    const screen = await onTerminal(database.url, { keys: [['Password: ', 'half a pass\u0003']] })
    expect(screen).toMatch(/^Password: \ncode 130\n/)
    expect(screen).toEqual(sane)
    expect(await database.db.read.selectFrom('users').select('id').execute()).toEqual([])
  })
})
