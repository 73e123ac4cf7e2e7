import { expect, test } from 'vitest'
import type { Fault } from '../house/asvs-rules.ts'
import { chooseFaults } from './choose-faults.ts'
import { titlePattern, verdictOf } from './fault-verdict.ts'

const faultOf = (...ids: string[]): Fault => ({
  ids,
  file: 'a.ts',
  find: 'a',
  put: 'b',
  test: 'a.test.ts > a',
})
const faults = ['V6.2.4', 'V6.2.40', 'V6.3.1', 'V9.1.1', 'V9.1.2', 'V16.1.1'].map((id) => faultOf(id))

test('faults: requirements and chapters choose theirs, and an unknown one is an error', () => {
  const chosen = (...args: string[]) => chooseFaults(faults, args, '').flatMap(({ ids }) => ids)
  expect(chosen()).toHaveLength(faults.length)
  expect(chosen('V6.2.4', 'V9')).toEqual(['V6.2.4', 'V9.1.1', 'V9.1.2'])
  expect(() => chosen('V9', 'V1')).toThrow('No fault belongs to V1.')
  expect(() => chosen('--some=0')).toThrow('No fault belongs to --some=0.')
})

test('faults: the commit decides some, and the commits together plant all', () => {
  const chosen = (commit: string) => chooseFaults(faults, ['--some=3'], commit)
  expect(chosen('0000000a')).toEqual(chosen('0000000a'))
  expect(chosen('0000000a')).toHaveLength(3)
  expect(new Set([...chosen('0000000a'), ...chosen('0000000b')]).size).toBe(faults.length)
  expect(() => chosen('')).toThrow('needs a commit')
})

test.each([
  ['noticed', 'a.test.ts > limits > a call to rediss is refused', 'failed'],
  ['UNNOTICED', 'a.test.ts > limits > a call to rediss is refused', 'passed'],
  // Without redis-server.
  ['skipped', 'a.test.ts > limits (skipped) > a call to rediss is refused', 'skipped'],
  ['BROKEN', 'a.test.ts > limits > a call', 'skipped'],
  ['BROKEN', 'a.test.ts', 'failed'],
])('faults: the verdict is %s on %s, which %s', (verdict, name, status) => {
  const other = { name: 'a.test.ts > another test', status: 'skipped' }
  expect(verdictOf([other, { name, status }], titlePattern('a call to %s is refused'))).toBe(verdict)
})
