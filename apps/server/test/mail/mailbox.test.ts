import { request } from 'node:http'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { signUp } from '../support/actors.ts'
import { mailSettings } from '../support/mail-settings.ts'
import { verifyAddress } from '../support/recovery-mails.ts'

const hour = 3_600_000

/** Starts a server without SMTP_URL, on which a user has asked for a recovery link. */
async function withOneMail(): Promise<TestApp> {
  const app = await testApp({ sendsMail: true })
  const ada = await signUp(app, 'ada')
  await verifyAddress(app, ada.id, 'ada@example.org')
  await app.api.recovery.request.mutate({ identifier: 'ada' })
  await expect.poll(() => pageOf(app)).toContain('ada@example.org')
  return app
}

async function get(app: TestApp, path: string): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(`${app.url}${path}`)
  return { status: response.status, text: await response.text(), headers: response.headers }
}

async function pageOf(app: TestApp): Promise<string> {
  return (await get(app, '/dev/mailbox')).text
}

test('mailbox: a development server shows its mails, whose links work', async () => {
  await using app = await withOneMail()
  const [, path = ''] = /<a href="(\/dev\/mailbox\/[\w-]+)">/.exec(await pageOf(app)) ?? []
  const mail = await get(app, path)
  expect(mail.headers.get('content-security-policy')).toMatch(
    /^sandbox (?!.*allow-scripts).*default-src 'none'/,
  )
  expect(mail.headers.get('cross-origin-opener-policy')).toBe('unsafe-none')
  expect(mail.headers.get('cache-control')).toBe('no-store')
  const { text } = await get(app, `${path}/text`)
  expect(text).toMatch(/^To: ada@example\.org\nSubject: .+\n\n/)
  const secret = /reset-password#([\w-]+)/.exec(text)?.[1] ?? ''
  expect(mail.text).toContain(`#${secret}`)
  expect((await app.api.recovery.inspect.mutate({ secret })).username).toBe('ada')
})

test('mailbox: shows a mail for a day and then forgets its content', async () => {
  await using app = await withOneMail()
  const [, path = ''] = /<a href="(\/dev\/mailbox\/[\w-]+)">/.exec(await pageOf(app)) ?? []
  app.clock.advance(24 * hour)
  expect(await pageOf(app)).toContain('No mails yet.')
  expect((await get(app, path)).status).toBe(404)
  app.mailTicker.tick()
  const kept = () => app.services.db.read.selectFrom('outbox_mails').select(['sealed', 'recipient']).execute()
  await expect.poll(kept).toEqual([{ sealed: null, recipient: null }])
})

test('mailbox: shows the newest 200 mails, and marks in them are text', async () => {
  await using app = await withOneMail()
  const [row] = await app.services.db.read.selectFrom('outbox_mails').selectAll().execute()
  if (row === undefined) throw new Error('No mail.')
  const { sealer } = app.services.outbox
  const data = sealer.open(row.sealed ?? '', [row.id]) ?? ''
  await app.services.db.write(async (tx) => {
    for (let index = 0; index < 200; index += 1) {
      const id = `ffffffff-0000-7000-8000-${String(index).padStart(12, '0')}`
      const recipient = `<b>${index}@example.org`
      const mail = { ...row, id, recipient, sealed: sealer.seal(data, [id]) }
      await tx.insertInto('outbox_mails').values(mail).execute()
    }
  })
  const page = await pageOf(app)
  expect(page.match(/<li>/g)).toHaveLength(200)
  expect(page).toContain('To &#60;b&#62;199@example.org')
  expect(page).not.toContain('To ada@')
})

test('mailbox: does not exist on a server that sends mail, or that other machines reach', async () => {
  const smtp = mailSettings({ url: 'smtp://127.0.0.1:1' })
  await using sending = await testApp({ settings: smtp })
  await using exposed = await testApp({
    sendsMail: true,
    host: { publicUrl: 'https://accounts.example.org', allowedHosts: ['127.0.0.1'] },
  })
  for (const app of [sending, exposed]) {
    const { text } = await get(app, '/dev/mailbox')
    expect(text).not.toContain('Mails of this server')
  }
})

test('mailbox: refuses a foreign Host, so no page of another site reads it', async () => {
  await using app = await testApp({ sendsMail: true })
  const status = await new Promise((resolve, reject) => {
    request(`${app.url}/dev/mailbox`, { headers: { host: 'evil.test' } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
  expect(status).toBe(421)
})
