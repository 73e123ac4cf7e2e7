import { expect, test } from 'vitest'
import { amrOf, methodsOf } from './level.ts'

test('methods of a session: are read in the order of use, without those of a newer release', () => {
  expect(methodsOf({ amr: amrOf(['passkey', 'pwd', 'passkey']) })).toEqual(['passkey', 'pwd'])
  expect(methodsOf({ amr: 'pwd face otp' })).toEqual(['pwd', 'otp'])
})
