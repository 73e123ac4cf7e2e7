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

// The rest is in factor-sentences.test.ts.
const ownEvents = auditEvents.filter((name) => !(name in factorSentences))

test('event sentence: every event has one for its owner and one for other users', () => {
  const detail = { from: 'user', to: 'admin', role: 'admin', endedSessions: 2 }
  expect(Object.fromEntries(ownEvents.map((name) => [name, both(event(name, { detail }))])))
    .toMatchInlineSnapshot(`
      {
        "account-created": [
          "You created your account, as an admin.",
          "ada created the account of ada, as an admin.",
        ],
        "account-unlocked": [
          "You unlocked your own account after too many wrong passwords.",
          "ada unlocked their own account after too many wrong passwords.",
        ],
        "closed": [
          "You closed your account.",
          "ada closed their account.",
        ],
        "disabled": [
          "You disabled your own account, which ended 2 sessions.",
          "ada disabled their own account, which ended 2 sessions.",
        ],
        "elevated": [
          "You confirmed your password.",
          "ada confirmed their password.",
        ],
        "elevation-failed": [
          "You failed to confirm your password.",
          "ada failed to confirm their password.",
        ],
        "email-entered": [
          "You entered an email for your account.",
          "ada entered an email for their account.",
        ],
        "email-removed": [
          "You removed your email.",
          "ada removed their email.",
        ],
        "email-verified": [
          "The email of your account was confirmed.",
          "The email of the account of ada was confirmed.",
        ],
        "enabled": [
          "You enabled your own account again.",
          "ada enabled their own account again.",
        ],
        "exported": [
          "You exported your data.",
          "ada exported their data.",
        ],
        "invitation-accepted": [
          "You signed up with an invitation.",
          "ada signed up with an invitation.",
        ],
        "invitation-created": [
          "You created an invitation.",
          "ada created an invitation.",
        ],
        "invitation-revoked": [
          "You revoked an invitation.",
          "ada revoked an invitation.",
        ],
        "login": [
          "You logged in.",
          "ada logged in.",
        ],
        "login-failed": [
          "A log-in to your account failed.",
          "A log-in to the account of ada failed.",
        ],
        "logout": [
          "You logged out.",
          "ada logged out.",
        ],
        "password-change-failed": [
          "You failed to change your password: the current one was wrong.",
          "ada failed to change their password: the current one was wrong.",
        ],
        "password-changed": [
          "You changed your password, which ended 2 other sessions.",
          "ada changed their password, which ended 2 other sessions.",
        ],
        "password-limited": [
          "Too many wrong passwords for your account: no more were accepted for a while.",
          "Too many wrong passwords for the account of ada: no more were accepted for a while.",
        ],
        "password-reset": [
          "The password of your account was reset by a recovery link, which ended 2 sessions.",
          "The password of the account of ada was reset by a recovery link, which ended 2 sessions.",
        ],
        "password-spraying": [
          "Wrong passwords for many accounts from many addresses within ten minutes: an attacker may be trying common passwords.",
          "Wrong passwords for many accounts from many addresses within ten minutes: an attacker may be trying common passwords.",
        ],
        "recovery-link-issued": [
          "You issued a recovery link for your account.",
          "ada issued a recovery link for the account of ada.",
        ],
        "recovery-requested": [
          "Password recovery was requested for your account.",
          "Password recovery was requested for the account of ada.",
        ],
        "removed": [
          "You removed your own account.",
          "ada removed their own account.",
        ],
        "role-changed": [
          "You made yourself an admin.",
          "ada made themself an admin.",
        ],
        "session-revoked": [
          "You ended one of your sessions.",
          "ada ended one of their sessions.",
        ],
        "sessions-revoked": [
          "You ended all your other sessions (2).",
          "ada ended all their other sessions (2).",
        ],
        "signup": [
          "You signed up.",
          "ada signed up.",
        ],
        "token-created": [
          "You created the access token “”.",
          "ada created the access token “”.",
        ],
        "token-revoked": [
          "You revoked the access token “”.",
          "ada revoked the access token “”.",
        ],
      }
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
