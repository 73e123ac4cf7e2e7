import { describe, expect, test } from 'vitest'
import { ExistingUsername, normalizeUsername, Username } from './username.ts'

describe('spelling of user names', () => {
  test.each([
    ['Ada', 'ada'],
    [' ADA ', 'ada'],
    ['ａｄａ', 'ada'],
    ['Ⅸx', 'ixx'],
    ['ada\u2060.\u2060l', 'ada.l'],
    ['İbrahim', 'ibrahim'],
    ['I\u0307BRAHIM', 'ibrahim'],
  ])('user name: %j becomes %j', (typed, stored) => {
    expect(Username.parse(typed)).toBe(stored)
    expect(normalizeUsername(typed)).toBe(stored)
  })
})

describe('invalid user names', () => {
  test.each([
    ['', 'Enter a user name.'],
    ['a', 'User name is too short: at least 2 characters.'],
    ['a'.repeat(33), 'User name is too long: at most 32 characters.'],
    ['.ada', 'Start and end with a letter or a digit.'],
    ['ada-', 'Start and end with a letter or a digit.'],
    ['ada lovelace', 'Use only letters a to z, digits, dot, dash and underscore.'],
    ['аda', 'Use only letters a to z, digits, dot, dash and underscore.'],
    ['ada\u0000', 'Use only letters a to z, digits, dot, dash and underscore.'],
    ['admin', 'This user name is reserved.'],
    ['ROOT', 'This user name is reserved.'],
  ])('user name: rejects %j: %s', (typed, sentence) => {
    expect(Username.safeParse(typed).error?.issues.map(({ message }) => message)).toEqual([sentence])
  })

  test('user name: reserved names may exist, but not be chosen', () => {
    expect(ExistingUsername.parse('Admin')).toBe('admin')
  })
})
