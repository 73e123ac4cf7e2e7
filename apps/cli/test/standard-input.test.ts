import { rangeService, testDatabase } from '@app/router/testing'
import { testApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'

const password = 'correct horse battery'
const create = ['admin', 'create', 'ada', '--password-stdin']

test.each([
  ['without a line break', 'pass word ä 1', 'pass word ä 1'],
  ['with a line break', ' pass word 1 \n', ' pass word 1 '],
  ['with a byte order mark and a line break of Windows', '\uFEFFpass word 1\r\n', 'pass word 1'],
])('standard input: a password %s works for log-in', async (_, input, typed) => {
  await using database = await testDatabase('sqlite')
  expect(await runCommand(create, { url: database.url, input })).toMatchObject({ code: 0 })
  await using app = await testApp({ databaseUrl: database.url })
  expect(await app.api.auth.login.mutate({ username: 'ada', password: typed })).toMatchObject({
    status: 'signed-in',
  })
})

test.each([
  ['nothing', '', 'Enter a password.'],
  ['too short', 'short\n', 'Password is too short: at least 8 characters.'],
  ['too long', 'x'.repeat(257), 'Password is too long: at most 256 characters.'],
  ['common', 'password1', 'This password is common and easy to guess. Choose another one.'],
  ['known', 'Qwer1234asdf', 'This password is common and easy to guess. Choose another one.'],
  [
    'personal',
    '--ada2026--',
    'This password is too close to the name or address of the account. Choose another one.',
  ],
  [
    'two lines',
    `${password}\n${password}\n`,
    'Standard input has more than one line. Pass the password alone.',
  ],
  ['UTF-16', Buffer.from('pass word 1', 'utf16le'), 'The password on standard input is not UTF-8 text.'],
  ['not text', Buffer.from([0xff, 0xfe, 0xfd]), 'The password on standard input is not UTF-8 text.'],
  ['no password', 'x'.repeat(70_000), 'Standard input is too long for a password.'],
])('standard input: rejects a password: %s', async (_, input, sentence) => {
  await using database = await testDatabase('sqlite')
  const ended = await runCommand(create, { url: database.url, input })
  expect(ended).toEqual({ code: 1, stdout: '', stderr: `${sentence}\n` })
  expect(await database.db.read.selectFrom('users').select('id').execute()).toEqual([])
})

test('standard input: checks PASSWORD_MIN', async () => {
  await using database = await testDatabase('sqlite')
  const environment = { PASSWORD_MIN: '15' }
  expect(await runCommand(create, { url: database.url, input: 'fourteen chars', environment })).toEqual({
    code: 1,
    stdout: '',
    stderr: 'Password is too short: at least 15 characters.\n',
  })
})

test('standard input: BREACH_CHECK=online rejects a password from a breach', async () => {
  await using service = await rangeService({ leaked: { 'a password of many': 12 } })
  await using database = await testDatabase('sqlite')
  const environment = { BREACH_CHECK: 'online', BREACH_CHECK_URL: service.url }
  const ended = await runCommand(create, { url: database.url, input: 'a password of many', environment })
  expect(ended).toMatchObject({
    code: 1,
    stderr: 'This password appears in known data breaches. Choose another one.\n',
  })
  expect(await database.db.read.selectFrom('users').select('id').execute()).toEqual([])
})

test('standard input: BREACH_CHECK=off asks no service', async () => {
  await using service = await rangeService({ leaked: { 'a password of many': 12 } })
  await using database = await testDatabase('sqlite')
  const environment = { BREACH_CHECK: 'off', BREACH_CHECK_URL: service.url }
  const ended = await runCommand(create, { url: database.url, input: 'a password of many', environment })
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  expect(service.requests).toEqual([])
})

test('standard input: creates the admin with a warning when BREACH_CHECK_URL does not answer', async () => {
  const service = await rangeService()
  await service[Symbol.asyncDispose]()
  await using database = await testDatabase('sqlite')
  const environment = { BREACH_CHECK: 'online', BREACH_CHECK_URL: service.url }
  const ended = await runCommand(create, { url: database.url, input: password, environment })
  expect(ended).toMatchObject({
    code: 0,
    stderr: 'new passwords were not checked for known breaches\n',
  })
})
