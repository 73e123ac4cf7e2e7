import { auditEvents } from '@app/contract'
import type { AuditEvent } from '@app/contract'
import { expect, test } from 'vitest'
import { eventSentence } from './event-sentence.ts'
import { factorSentences } from './factor-sentences.ts'

const ada = { id: 'a', username: 'ada' }
const grace = { id: 'g', username: 'grace' }
const byAda = { kind: 'user', ...ada } as const
const byGrace = { kind: 'user', ...grace } as const

function event(name: string, parts: Partial<AuditEvent> = {}): AuditEvent {
  const nowhere = { ip: null, userAgent: null, requestId: null }
  const event = { id: 'e', at: '2026-11-24T09:00:00.000Z', event: name, actor: byAda, subject: ada }
  return { ...event, ...nowhere, detail: {}, ...parts }
}

function both(named: AuditEvent): [toTheOwner: string, toOthers: string] {
  return [eventSentence(named, ada.id), eventSentence(named, null)]
}

function sentences(names: string[], detail: AuditEvent['detail']): string[] {
  return names.flatMap((name) => both(event(name, { detail })).map((sentence) => `${name}: ${sentence}`))
}

test('event sentence: every event has one for its owner and one for other users', () => {
  const names = auditEvents.filter((name) => !(name in factorSentences))
  const detail = { from: 'user', to: 'admin', role: 'admin', endedSessions: 2 }
  expect(sentences(names, detail)).toMatchInlineSnapshot(`
    [
      "signup: You signed up.",
      "signup: ada signed up.",
      "account-created: You created your account, as an admin.",
      "account-created: ada created the account of ada, as an admin.",
      "login: You logged in.",
      "login: ada logged in.",
      "login-failed: A log-in to your account failed.",
      "login-failed: A log-in to the account of ada failed.",
      "logout: You logged out.",
      "logout: ada logged out.",
      "elevated: You confirmed your password.",
      "elevated: ada confirmed their password.",
      "elevation-failed: You failed to confirm your password.",
      "elevation-failed: ada failed to confirm their password.",
      "password-changed: You changed your password, which ended 2 other sessions.",
      "password-changed: ada changed their password, which ended 2 other sessions.",
      "password-change-failed: You failed to change your password: the current one was wrong.",
      "password-change-failed: ada failed to change their password: the current one was wrong.",
      "role-changed: You made yourself an admin.",
      "role-changed: ada made themself an admin.",
      "password-limited: Too many wrong passwords for your account: no more were accepted for a while.",
      "password-limited: Too many wrong passwords for the account of ada: no more were accepted for a while.",
      "password-spraying: Wrong passwords for many accounts from many addresses within ten minutes: an attacker may be trying common passwords.",
      "password-spraying: Wrong passwords for many accounts from many addresses within ten minutes: an attacker may be trying common passwords.",
      "account-unlocked: You unlocked your own account after too many wrong passwords.",
      "account-unlocked: ada unlocked their own account after too many wrong passwords.",
      "session-revoked: You ended one of your sessions.",
      "session-revoked: ada ended one of their sessions.",
      "sessions-revoked: You ended all your other sessions (2).",
      "sessions-revoked: ada ended all their other sessions (2).",
      "disabled: You disabled your own account, which ended 2 sessions.",
      "disabled: ada disabled their own account, which ended 2 sessions.",
      "enabled: You enabled your own account again.",
      "enabled: ada enabled their own account again.",
      "exported: You exported your data.",
      "exported: ada exported their data.",
      "closed: You closed your account.",
      "closed: ada closed their account.",
      "removed: You removed your own account.",
      "removed: ada removed their own account.",
      "email-entered: You entered an email for your account.",
      "email-entered: ada entered an email for their account.",
      "email-verified: The email of your account was confirmed.",
      "email-verified: The email of the account of ada was confirmed.",
      "email-removed: You removed your email.",
      "email-removed: ada removed their email.",
      "recovery-requested: Password recovery was requested for your account.",
      "recovery-requested: Password recovery was requested for the account of ada.",
      "recovery-link-issued: You issued a recovery link for your account.",
      "recovery-link-issued: ada issued a recovery link for the account of ada.",
      "password-reset: The password of your account was reset by a recovery link, which ended 2 sessions.",
      "password-reset: The password of the account of ada was reset by a recovery link, which ended 2 sessions.",
      "invitation-created: You created an invitation.",
      "invitation-created: ada created an invitation.",
      "invitation-revoked: You revoked an invitation.",
      "invitation-revoked: ada revoked an invitation.",
      "invitation-accepted: You signed up with an invitation.",
      "invitation-accepted: ada signed up with an invitation.",
      "token-created: You created the access token “”.",
      "token-created: ada created the access token “”.",
      "token-revoked: You revoked the access token “”.",
      "token-revoked: ada revoked the access token “”.",
    ]
  `)
})

test('event sentence: every event of second factors has one for its owner and one for other users', () => {
  const names = auditEvents.filter((name) => name in factorSentences)
  expect(sentences(names, {})).toMatchInlineSnapshot(`
    [
      "second-factor-failed: A second factor for your account was wrong.",
      "second-factor-failed: A second factor for the account of ada was wrong.",
      "second-factor-limited: Too many wrong second factors for your account: no more were accepted for a while.",
      "second-factor-limited: Too many wrong second factors for the account of ada: no more were accepted for a while.",
      "totp-added: You added an authenticator app to your account.",
      "totp-added: ada added an authenticator app to their account.",
      "totp-removed: You removed the authenticator app of your account.",
      "totp-removed: ada removed the authenticator app of their account.",
      "passkey-added: You added a passkey to your account.",
      "passkey-added: ada added a passkey to their account.",
      "passkey-renamed: You renamed a passkey of your account.",
      "passkey-renamed: ada renamed a passkey of their account.",
      "passkey-removed: You removed a passkey of your account.",
      "passkey-removed: ada removed a passkey of their account.",
      "passkey-cloned: A copy of a passkey of your account was rejected: its counter was behind.",
      "passkey-cloned: A copy of a passkey of the account of ada was rejected: its counter was behind.",
      "recovery-codes-created: You created recovery codes for your account.",
      "recovery-codes-created: ada created recovery codes for their account.",
      "recovery-code-used: A recovery code of your account was used.",
      "recovery-code-used: A recovery code of the account of ada was used.",
      "factor-reset-requested: You requested the removal of all second factors of your account.",
      "factor-reset-requested: ada requested the removal of all second factors of the account of ada.",
      "factor-reset-cancelled: The removal of all second factors of your account was cancelled.",
      "factor-reset-cancelled: The removal of all second factors of the account of ada was cancelled.",
      "factors-reset: All second factors of your account were removed, as requested.",
      "factors-reset: All second factors of the account of ada were removed, as requested.",
      "identity-linked: You linked an outside account to your account.",
      "identity-linked: ada linked an outside account to their account.",
      "identity-unlinked: You unlinked an outside account from your account.",
      "identity-unlinked: ada unlinked an outside account from their account.",
      "identity-link-failed: You failed to link an outside account to your account.",
      "identity-link-failed: ada failed to link an outside account to their account.",
      "second-factor-asked: The right password for your account was given, and a second factor was asked for.",
      "second-factor-asked: The right password for the account of ada was given, and a second factor was asked for.",
    ]
  `)
})

test('event sentence: names an admin and the target', () => {
  const names = ['role-changed', 'sessions-revoked', 'disabled', 'enabled', 'removed']
  const detail = { from: 'admin', to: 'user', endedSessions: 1 }
  expect(names.flatMap((name) => both(event(name, { actor: byGrace, detail })))).toMatchInlineSnapshot(`
    [
      "grace made you a user.",
      "grace made ada a user.",
      "grace ended all your sessions (1).",
      "grace ended all the sessions of ada (1).",
      "grace disabled your account, which ended 1 session.",
      "grace disabled the account of ada, which ended 1 session.",
      "grace enabled your account again.",
      "grace enabled the account of ada again.",
      "grace removed your account.",
      "grace removed the account of ada.",
    ]
  `)
})

test('event sentence: names visitors and operators', () => {
  const actor = { kind: 'anonymous' } as const
  const parts = [{ actor }, { actor, subject: null }, { actor: { kind: 'system' } as const }]
  const names = ['login-failed', 'password-limited', 'account-created', 'account-unlocked']
  expect(names.flatMap((name) => parts.flatMap((part) => both(event(name, part))))).toMatchInlineSnapshot(`
    [
      "A log-in to your account failed.",
      "A log-in to the account of ada failed.",
      "A log-in failed: no user has that name.",
      "A log-in failed: no user has that name.",
      "A log-in to your account failed.",
      "A log-in to the account of ada failed.",
      "Too many wrong passwords for your account: no more were accepted for a while.",
      "Too many wrong passwords for the account of ada: no more were accepted for a while.",
      "Too many wrong passwords for an unknown user name: no more were accepted for a while.",
      "Too many wrong passwords for an unknown user name: no more were accepted for a while.",
      "Too many wrong passwords for your account: no more were accepted for a while.",
      "Too many wrong passwords for the account of ada: no more were accepted for a while.",
      "A visitor created your account, as a user.",
      "A visitor created the account of ada, as a user.",
      "A visitor created the account of a deleted user, as a user.",
      "A visitor created the account of a deleted user, as a user.",
      "An operator created your account, as a user.",
      "An operator created the account of ada, as a user.",
      "A visitor unlocked your account after too many wrong passwords.",
      "A visitor unlocked the account of ada after too many wrong passwords.",
      "A visitor unlocked the account of a deleted user after too many wrong passwords.",
      "A visitor unlocked the account of a deleted user after too many wrong passwords.",
      "An operator unlocked your account after too many wrong passwords.",
      "An operator unlocked the account of ada after too many wrong passwords.",
    ]
  `)
})

test('event sentence: too many wrong passwords from one address', () => {
  const limited = event('password-limited', {
    actor: { kind: 'anonymous' },
    subject: null,
    detail: { per: 'address' },
  })
  expect(eventSentence(limited, null)).toBe(
    'Too many wrong passwords from one address: no more were accepted from there for a while.',
  )
})

test('event sentence: a log-in in the browser of another user ends the session there', () => {
  expect(both(event('session-revoked', { actor: byGrace }))).toEqual([
    'grace logged in with the same browser, which ended one of your sessions.',
    'grace logged in with the same browser, which ended one of the sessions of ada.',
  ])
  const nameless = { kind: 'user', id: 'g', username: null } as const
  expect(eventSentence(event('session-revoked', { actor: nameless }), ada.id)).toBe(
    'Another user logged in with the same browser, which ended one of your sessions.',
  )
})

test('event sentence: deleted users, and events of a newer server', () => {
  const nameless = { kind: 'user', id: 'g', username: null } as const
  expect(eventSentence(event('disabled', { actor: nameless }), ada.id)).toBe(
    'An admin disabled your account.',
  )
  expect(eventSentence(event('closed', { actor: { ...byAda, username: null } }), null)).toBe(
    'A deleted user closed their account.',
  )
  expect(eventSentence(event('toString'), null)).toContain('toString')
})

test('event sentence: a log-in and a confirmation name their methods', () => {
  expect(both(event('login', { detail: { methods: 'pwd otp' } }))).toEqual([
    'You logged in by password and authenticator app.',
    'ada logged in by password and authenticator app.',
  ])
  expect(both(event('login', { detail: { methods: 'passkey' } }))[0]).toBe('You logged in by passkey.')
  expect(both(event('login', { detail: { methods: 'pwd retina' } }))[0]).toBe(
    'You logged in by password and retina.',
  )
  expect(both(event('login'))[0]).toBe('You logged in.')
  expect(both(event('elevated'))[0]).toBe('You confirmed your password.')
  expect(both(event('elevated', { detail: { method: 'otp' } }))[1]).toBe(
    'ada confirmed their identity by a code of the authenticator app.',
  )
})
