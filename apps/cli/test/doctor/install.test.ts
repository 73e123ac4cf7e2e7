import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describeOnPostgres, migratedTestDatabase, openMailServer, testDatabase } from '@app/router/testing'
import { expect, test } from 'vitest'
import { remoteUser } from '../remote/remote-run.ts'
import { diagnose } from './diagnose.ts'
import { runningApp } from './running-app.ts'

const mailFrom = { MAIL_FROM: 'Accounts <accounts@example.org>' }

test('doctor: without --server it checks the install beside it and the server of its settings', async () => {
  await using mail = await openMailServer()
  await using app = await runningApp()
  const environment = {
    PORT: new URL(app.url).port,
    SMTP_URL: mail.url,
    ...mailFrom,
  }
  const { code, with: named } = await diagnose([], environment, app.databaseUrl)
  expect(named('fail')).toEqual([])
  expect(named('ok').slice(0, 6)).toEqual(['settings', 'files', 'database', 'smtp', 'reach', 'ready'])
  expect(code).toBe(0)
  expect(mail.mails()).toEqual([])
})

test('doctor: files that others can change are named and stay as they are', async () => {
  await using database = await migratedTestDatabase('sqlite')
  const file = database.url.slice('file:'.length)
  chmodSync(file, 0o666)
  const { of } = await diagnose([], { PORT: '2' }, database.url)
  expect(of('files')).toMatchObject({
    status: 'fail',
    text: `Other users can read or change ${file} (mode 0666).`,
    fix: `chmod 600 ${file}`,
  })
  expect(statSync(file).mode & 0o777).toBe(0o666)
})

test('doctor: a .env with secrets that others can read is named', async () => {
  using user = remoteUser()
  await using database = await migratedTestDatabase('sqlite')
  const file = path.join(user.stateHome, 'settings.env')
  writeFileSync(file, 'AUTH_SECRETS=a secret that only these tests share\n')
  chmodSync(file, 0o644)
  const { of } = await diagnose([], { ENV_FILE: file, PORT: '2' }, database.url)
  expect(of('settings')).toMatchObject({ status: 'warn', fix: expect.stringContaining(`chmod 600 ${file}`) })
})

test('doctor: a missing, old or unusable database is named and not created', async () => {
  using user = remoteUser()
  const file = path.join(user.stateHome, 'none.db')
  const missing = await diagnose([], { PORT: '2' }, `file:${file}`)
  expect(missing.of('database')).toMatchObject({
    status: 'fail',
    fix: expect.stringContaining('There is no database at'),
  })
  expect(existsSync(file)).toBe(false)
  writeFileSync(file, '', { mode: 0o600 })
  const old = await diagnose([], { PORT: '2' }, `file:${file}`)
  expect(old.of('database')).toMatchObject({ status: 'fail', fix: expect.stringContaining('migrate') })
  const unreachable = await diagnose([], { PORT: '2' }, 'postgres://ada:swordfish@127.0.0.1:1/app')
  expect(unreachable.of('database')).toMatchObject({ status: 'fail' })
  expect(JSON.stringify(unreachable.of('database'))).not.toContain('swordfish')
})

describeOnPostgres('doctor', () => {
  test('doctor: the database is checked', async () => {
    await using database = await testDatabase('postgres')
    const { of } = await diagnose([], { PORT: '2' }, database.url)
    expect(of('database')?.status).toBe('ok')
  })
})

test('doctor: a mail server that refuses is named with the fix', async () => {
  await using database = await migratedTestDatabase('sqlite')
  const refused = { PORT: '2', SMTP_URL: 'smtp://127.0.0.1:1', ...mailFrom }
  const none = await diagnose([], refused, database.url)
  expect(none.of('smtp')).toMatchObject({
    status: 'fail',
    fix: expect.stringMatching(/^No program accepts connections at 127\.0\.0\.1:1\./),
  })
  await using mail = await openMailServer({ login: { user: 'ada', password: 'right' } })
  const url = new URL(mail.url)
  url.password = 'canary'
  const wrong = await diagnose([], { ...refused, SMTP_URL: url.href }, database.url)
  expect(wrong.of('smtp')?.fix).toMatch(/does not accept the user and the password of SMTP_URL/)
  expect(JSON.stringify(wrong.of('smtp'))).not.toContain('canary')
})

test('doctor: wrong settings are listed, and nothing else is checked', async () => {
  const { of, with: named } = await diagnose([], { PORT: '80a' })
  expect(named('fail')).toEqual(['settings'])
  expect(of('settings')?.fix).toMatch(/^PORT /)
})
