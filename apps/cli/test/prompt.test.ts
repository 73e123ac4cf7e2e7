import { testDatabase } from '@app/router/testing'
import { describe, expect, test } from 'vitest'
import { commandEnvironment } from './run-command.ts'
import { hasTerminal, typeOnTerminal } from './type-on-terminal.ts'
import type { Keys } from './type-on-terminal.ts'

const password = 'correct horse battery'

const onTerminal = (url: string, { keys }: { keys: Keys }) =>
  typeOnTerminal(['admin', 'create', 'ada'], { environment: commandEnvironment(url), keys })

/** The terminal shows typed text and passes it on line by line, as before. */
const sane = expect.stringMatching(/(?<!-)\bicanon\b[^]*(?<!-)\becho\b/)

describe.skipIf(!hasTerminal)('the prompt', () => {
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
