import { describeOnEach, emptyTestDatabase, testDatabase } from '@latchkey/router/testing'
import { testApp } from '@latchkey/server/testing'
import { describe, expect, test } from 'vitest'

import { latchkey } from './latchkey.ts'

const password = 'correct horse battery'
const create = ['admin', 'create', 'ada', '--password-stdin']

describeOnEach('latchkey admin create', (kind) => {
  test('migrates the database and makes an administrator who can log in', async () => {
    await using database = await emptyTestDatabase(kind)
    const ended = await latchkey(create, { url: database.url, input: `${password}\n` })
    expect(ended).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^Migrated the database: 0001-.*\.\nCreated the administrator ada\.\n$/),
      stderr: '',
    })
    await using app = await testApp({ databaseUrl: database.url })
    const { user } = await app.api.auth.login.mutate({ username: 'ada', password })
    expect(user).toMatchObject({ username: 'ada', name: 'ada', role: 'admin', email: null })
    const events = await app.services.db.read
      .selectFrom('audit_events')
      .where('event', '=', 'account-created')
      .select(['actor_kind', 'actor_id', 'subject', 'ip', 'detail'])
      .execute()
    expect(events).toEqual([
      { actor_kind: 'system', actor_id: null, subject: user.id, ip: null, detail: '{"role":"admin"}' },
    ])
  })

  test('refuses a name that is taken, in any spelling, before it asks for the password', async () => {
    await using database = await testDatabase(kind)
    expect(await latchkey(create, { url: database.url, input: password })).toMatchObject({ code: 0 })
    // No --password-stdin and no terminal: asking would be another error.
    expect(await latchkey(['admin', 'create', ' ADA '], { url: database.url })).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'This user name is taken. Choose another one. Whoever has this one can then be made an administrator too, on the page Users.\n',
    })
  })

  test('makes one administrator of two commands at once', async () => {
    await using database = await testDatabase(kind)
    const both = await Promise.all([1, 2].map(() => latchkey(create, { url: database.url, input: password })))
    expect(both.map(({ code }) => code).toSorted((one, other) => Number(one) - Number(other))).toEqual([0, 1])
  })

  test('may use a reserved name', async () => {
    await using database = await testDatabase(kind)
    const words = ['admin', 'create', 'root', '--password-stdin']
    expect(await latchkey(words, { url: database.url, input: password })).toMatchObject({ code: 0 })
  })
})

describe('the password on standard input', () => {
  test.each([
    ['without a line break', 'pass word ä 1', 'pass word ä 1'],
    ['with a line break', ' pass word 1 \n', ' pass word 1 '],
    ['with a line break of Windows', 'pass word 1\r\n', 'pass word 1'],
  ])('%s is the one to log in with', async (_, input, typed) => {
    await using database = await testDatabase('sqlite')
    expect(await latchkey(create, { url: database.url, input })).toMatchObject({ code: 0 })
    await using app = await testApp({ databaseUrl: database.url })
    expect(await app.api.auth.login.mutate({ username: 'ada', password: typed })).toMatchObject({
      status: 'signed-in',
    })
  })

  test.each([
    ['nothing', '', 'Enter a password.'],
    ['too short', 'short\n', 'Password is too short: at least 8 characters.'],
    ['too long', 'x'.repeat(257), 'Password is too long: at most 256 characters.'],
    ['common', 'password1', 'This password is used by many people and is guessed first. Choose another one.'],
    ['personal', '--ada2026--', 'This password is too close to the user name. Choose another one.'],
    [
      'two lines',
      `${password}\n${password}\n`,
      'Standard input has more than one line. Pass the password alone.',
    ],
    ['not text', Buffer.from([0xff, 0xfe, 0xfd]), 'The password on standard input is not UTF-8 text.'],
    ['no password', 'x'.repeat(70_000), 'Standard input holds more than a password.'],
  ])('is refused when it is %s', async (_, input, sentence) => {
    await using database = await testDatabase('sqlite')
    const ended = await latchkey(create, { url: database.url, input })
    expect(ended).toEqual({ code: 1, stdout: '', stderr: `${sentence}\n` })
    expect(await database.db.read.selectFrom('users').select('id').execute()).toEqual([])
  })

  test('is held to PASSWORD_MIN', async () => {
    await using database = await testDatabase('sqlite')
    const environment = { PASSWORD_MIN: '15' }
    expect(await latchkey(create, { url: database.url, input: 'fourteen chars', environment })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Password is too short: at least 15 characters.\n',
    })
  })
})
