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
