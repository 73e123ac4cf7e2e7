import { auditEvents } from '@app/contract'
import type { AuditEvent } from '@app/contract'
import { expect, test } from 'vitest'
import { eventSentence } from './event-sentence.ts'
import { factorSentences } from './factor-sentences.ts'

const ada = { id: 'a', username: 'ada' }

function event(name: string, detail: AuditEvent['detail'] = {}): AuditEvent {
  const nowhere = { ip: null, userAgent: null, requestId: null }
  const actor = { kind: 'user', ...ada } as const
  return { id: 'e', at: '2026-11-24T09:00:00.000Z', event: name, actor, subject: ada, ...nowhere, detail }
}

function both(named: AuditEvent): [toTheOwner: string, toOthers: string] {
  return [eventSentence(named, ada.id), eventSentence(named, null)]
}

test('event sentence: every event of second factors has one for its owner and one for other users', () => {
  const names = auditEvents.filter((name) => name in factorSentences)
  expect(Object.fromEntries(names.map((name) => [name, both(event(name))]))).toMatchInlineSnapshot(`
    {
      "factor-reset-cancelled": [
        "The removal of all second factors of your account was cancelled.",
        "The removal of all second factors of the account of ada was cancelled.",
      ],
      "factor-reset-requested": [
        "You requested the removal of all second factors of your account.",
        "ada requested the removal of all second factors of the account of ada.",
      ],
      "factors-reset": [
        "All second factors of your account were removed, as requested.",
        "All second factors of the account of ada were removed, as requested.",
      ],
      "identity-link-failed": [
        "You failed to link an outside account to your account.",
        "ada failed to link an outside account to their account.",
      ],
      "identity-linked": [
        "You linked an outside account to your account.",
        "ada linked an outside account to their account.",
      ],
      "identity-unlinked": [
        "You unlinked an outside account from your account.",
        "ada unlinked an outside account from their account.",
      ],
      "passkey-added": [
        "You added a passkey to your account.",
        "ada added a passkey to their account.",
      ],
      "passkey-cloned": [
        "A copy of a passkey of your account was rejected: its counter was behind.",
        "A copy of a passkey of the account of ada was rejected: its counter was behind.",
      ],
      "passkey-removed": [
        "You removed a passkey of your account.",
        "ada removed a passkey of their account.",
      ],
      "passkey-renamed": [
        "You renamed a passkey of your account.",
        "ada renamed a passkey of their account.",
      ],
      "recovery-code-used": [
        "A recovery code of your account was used.",
        "A recovery code of the account of ada was used.",
      ],
      "recovery-codes-created": [
        "You created recovery codes for your account.",
        "ada created recovery codes for their account.",
      ],
      "second-factor-asked": [
        "The right password for your account was given, and a second factor was asked for.",
        "The right password for the account of ada was given, and a second factor was asked for.",
      ],
      "second-factor-failed": [
        "A second factor for your account was wrong.",
        "A second factor for the account of ada was wrong.",
      ],
      "second-factor-limited": [
        "Too many wrong second factors for your account: no more were accepted for a while.",
        "Too many wrong second factors for the account of ada: no more were accepted for a while.",
      ],
      "totp-added": [
        "You added an authenticator app to your account.",
        "ada added an authenticator app to their account.",
      ],
      "totp-removed": [
        "You removed the authenticator app of your account.",
        "ada removed the authenticator app of their account.",
      ],
    }
  `)
})

test('event sentence: a log-in and a confirmation name their methods', () => {
  expect(both(event('login', { methods: 'pwd otp' }))).toEqual([
    'You logged in by password and authenticator app.',
    'ada logged in by password and authenticator app.',
  ])
  expect(both(event('login', { methods: 'passkey' }))[0]).toBe('You logged in by passkey.')
  expect(both(event('login', { methods: 'pwd retina' }))[0]).toBe('You logged in by password and retina.')
  expect(both(event('login'))[0]).toBe('You logged in.')
  expect(both(event('elevated'))[0]).toBe('You confirmed your password.')
  expect(both(event('elevated', { method: 'otp' }))[1]).toBe(
    'ada confirmed their identity by a code of the authenticator app.',
  )
})
