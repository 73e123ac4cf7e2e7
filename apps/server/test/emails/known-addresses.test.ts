import { signupInput } from '@app/contract/testing'
import { unlockAccount } from '@app/router'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser, newUsername, password, signUp } from '../support/actors.ts'
import { auditRows } from '../support/audit-rows.ts'
import { queuedMails } from '../support/queued-mails.ts'
import { failure, post, reasonIn } from '../support/raw-call.ts'
import {
  composeVerificationMails,
  confirmAddress,
  verificationSecret,
} from '../support/verification-mails.ts'

const owned = 'owner@example.org'

/** Creates the account whose address attackers try to find out. */
async function newOwner(app: TestApp) {
  const owner = await signUp(app, 'owner', { email: owned })
  await confirmAddress(app, owned)
  return owner
}

/** Replaces what differs between any two calls: ids, times, names. */
function shapeOf(text: string, ...own: readonly string[]): string {
  let shape = text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>').replace(/\d{4}-[\dT:.-]+Z/g, '<time>')
  for (const value of own) shape = shape.replaceAll(value, '<own>')
  return shape
}

/** Returns what a call writes, by the kinds of its events and the fields of its mails. */
async function writtenBy(app: TestApp, work: () => Promise<unknown>): Promise<unknown> {
  const mailsBefore = new Set((await queuedMails(app)).map(({ id }) => id))
  const eventsBefore = new Set((await auditRows(app)).map(({ id }) => id))
  await work()
  const mails = (await queuedMails(app)).filter(({ id }) => !mailsBefore.has(id))
  const events = (await auditRows(app)).filter(({ id }) => !eventsBefore.has(id))
  return [mails.map(({ kind, request }) => [kind, ...Object.keys(request)]), events.map(({ event }) => event)]
}

describeOnEach('known addresses', (databaseKind) => {
  test('known addresses: sign-up and change answer and write the same for known and unknown', async () => {
    await using app = await testApp({ databaseKind, settings: { limits: 'relaxed' } })
    await newOwner(app)
    const seen = new Map<string, Set<string>>()
    for (const email of [owned, 'Owner@example.org', 'fresh@example.org']) {
      app.clock.advance(1)
      const username = newUsername()
      const names = [username, email]
      const note = async (step: string, work: () => ReturnType<typeof post>) => {
        let answer = ''
        const written = await writtenBy(app, async () => {
          const { status, text } = await work()
          answer = shapeOf(`${status} ${text}`, ...names)
        })
        seen.set(step, (seen.get(step) ?? new Set()).add(JSON.stringify([answer, written])))
      }
      await note('sign-up', () => post(app.url, 'auth.signup', signupInput({ username, password, email })))
      const caller = await newUser(app)
      names.push(caller.username)
      await note('change', () => post(app.url, 'email.change', { email }, caller.cookie))
      await note('request', () => post(app.url, 'email.requestVerification', {}, caller.cookie))
      await note('recovery', () => post(app.url, 'recovery.request', { identifier: email }))
    }
    expect([...seen].map(([step, answers]) => [step, answers.size])).toEqual([
      ['sign-up', 1],
      ['change', 1],
      ['request', 1],
      ['recovery', 1],
    ])
    expect([...(seen.get('sign-up') ?? [])][0]).toContain('200 ')
    expect([...(seen.get('change') ?? [])][0]).toContain('200 ')
  })

  test('known addresses: the owner gets a mail, and the attacker no link', async () => {
    await using app = await testApp({ databaseKind })
    const owner = await newOwner(app)
    const eve = await signUp(app, 'eve', { email: 'OWNER@example.org' })
    await eve.api.email.requestVerification.mutate()
    const mails = await composeVerificationMails(app)
    const notice = { kind: 'address-in-use', to: owned, userId: owner.id, data: { username: 'owner' } }
    expect(mails).toMatchObject([notice, notice])
    expect(JSON.stringify(mails)).not.toContain('eve')
    expect(await app.services.db.read.selectFrom('one_time_secrets').selectAll().execute()).toEqual([])
    // Neither a log-in name nor a way to recover.
    const logIn = (typed: string) => app.newClient().auth.login.mutate({ username: owned, password: typed })
    expect(await logIn(password)).toMatchObject({ user: { username: 'owner' } })
    expect(await eve.api.account.me.query()).toMatchObject({ emailVerified: false })
  })

  test('known addresses: of two accounts with one address, the first to confirm has it', async () => {
    await using app = await testApp({ databaseKind })
    // The attacker is first, before the owner has an account.
    const eve = await signUp(app, 'eve', { email: owned })
    const ofEve = await verificationSecret(app, owned)
    const owner = await signUp(app, 'owner', { email: owned })
    await confirmAddress(app, owned)
    expect(await failure(app.api.email.verify.mutate({ secret: ofEve }))).toEqual({ reason: 'LINK_INVALID' })
    expect(await owner.api.account.me.query()).toMatchObject({ email: owned, emailVerified: true })
    expect(await eve.api.account.me.query()).toMatchObject({ emailVerified: false })
  })
})

test('known addresses: a failed log-in by address answers as for an unknown one', async () => {
  await using app = await testApp()
  await newOwner(app)
  await signUp(app, 'pending', { email: 'pending@example.org' })
  const answers = new Set<string>()
  for (const username of [owned, 'pending@example.org', 'unknown@example.org', 'unknown', '@', 'a@b@c']) {
    const { status, text, cookies } = await post(app.url, 'auth.login', { username, password: 'wrong' })
    answers.add(JSON.stringify([status, shapeOf(text), cookies]))
  }
  expect([...answers]).toHaveLength(1)
  expect([...answers][0]).toContain('INVALID_CREDENTIALS')
})

test('known addresses: a pause of the user name does not show whose address it is', async () => {
  await using app = await testApp()
  await newOwner(app)
  const guess = async (username: string) =>
    reasonIn(await post(app.url, 'auth.login', { username, password: 'wrong' }))
  const guesses = async (username: string) => {
    const reasons: (string | undefined)[] = []
    for (let count = 0; count < 7; count += 1) reasons.push(await guess(username))
    return reasons
  }
  const paused = [...Array<string>(5).fill('INVALID_CREDENTIALS'), 'RATE_LIMITED', 'RATE_LIMITED']
  expect(await guesses('owner')).toEqual(paused)
  expect(await guesses(owned)).toEqual(paused)
  expect(await guesses('unknown@example.org')).toEqual(paused)
  await unlockAccount(app.services, 'owner')
  expect(await guess(owned)).toBe('INVALID_CREDENTIALS')
  expect(await guess('owner')).toBe('INVALID_CREDENTIALS')
})
