import { expect, test } from 'vitest'
import { failureText } from './failure-text.ts'

test('failureText: names the fields of an invalid input', () => {
  const fields = { username: ['A user name has at least 3 characters.'], password: ['Enter a password.'] }
  expect(failureText({ reason: 'INVALID_INPUT', fields, form: [] })).toBe(
    'A user name has at least 3 characters. Enter a password.',
  )
  expect(failureText({ reason: 'INVALID_INPUT', fields: {}, form: [] })).toBe(
    'Something that you entered is not valid. Check it and try again.',
  )
})

test.each([
  [1, 'a second'],
  [89.2, '90 seconds'],
  [90, '2 minutes'],
  [5_400, '2 hours'],
])('failureText: writes a wait of %s s as %s', (retryAfterSeconds, words) => {
  expect(failureText({ reason: 'RATE_LIMITED', retryAfterSeconds })).toBe(
    `Too many attempts. Try again in ${words}.`,
  )
})

test('failureText: prefers the own sentence of the caller', () => {
  const own = { NOT_FOUND: () => 'This page was deleted.' }
  expect(failureText({ reason: 'NOT_FOUND' }, own)).toBe('This page was deleted.')
  expect(failureText({ reason: 'LAST_ADMIN' })).toBe('There must be at least one admin.')
})

test('failureText: has a sentence for a reason of a newer server', () => {
  const unknown = JSON.parse('{"reason":"FROM_A_NEWER_SERVER"}') as { reason: 'INTERNAL' }
  expect(failureText(unknown)).toBe('Something went wrong on our side.')
})

test('failureText: has a sentence for each reason to reject a password, and for one of a newer server', () => {
  const sentence = (why: string) =>
    // A newer server may send any text.
    failureText({ reason: 'PASSWORD_REJECTED', why: why as 'common' })
  expect(sentence('breached')).toBe('This password appears in known data breaches. Choose another one.')
  expect(sentence('from-a-newer-server')).toBe('This password is too easy to guess. Choose another one.')
  expect(new Set(['common', 'personal', 'breached', 'unknown'].map(sentence)).size).toBe(4)
})

test('failureText: says why browsers refuse passkeys', () => {
  const sentence = (why: string) =>
    // A newer server may send any text.
    failureText({ reason: 'PASSKEYS_UNAVAILABLE', why: why as 'not-https' })
  expect(sentence('ip-address')).toBe(
    'Browsers do not allow passkeys at an IP address. They need a host name.',
  )
  expect(sentence('not-https')).toBe('Browsers do not allow passkeys without https.')
  expect(sentence('from-a-newer-server')).toBe('Passkeys do not work at this address.')
})
