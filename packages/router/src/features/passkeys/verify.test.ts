import type { AssertionResponse, PasskeyCreationOptions, RegistrationResponse } from '@app/contract'
import { expect, test } from 'vitest'
import { createAuthenticator } from '../../testing/authenticator/authenticator.ts'
import type { Deviation } from '../../testing/authenticator/authenticator.ts'
import { algorithms, verifyAssertion, verifyRegistration } from './verify.ts'

const relyingParty = { id: 'localhost', origin: 'http://localhost:8087' }
const challenge = Buffer.from('a challenge of this test').toString('base64url')
const ceremony = { challenge, relyingParty }
const requestOptions = {
  rpId: 'localhost',
  challenge,
  timeout: 60_000,
  userVerification: 'required',
} as const
const creationOptions: PasskeyCreationOptions = {
  rp: { id: 'localhost', name: 'Test' },
  user: { id: 'AAAA', name: 'ada', displayName: 'Ada' },
  challenge,
  pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
  timeout: 60_000,
  excludeCredentials: [],
  authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  attestation: 'none',
}

function registered(options: { algorithm?: 'ES256' | 'EdDSA' | 'RS256'; isSynced?: boolean } = {}) {
  const authenticator = createAuthenticator({ origin: relyingParty.origin, ...options })
  return { authenticator, response: authenticator.create(creationOptions) }
}

async function known(options: Parameters<typeof registered>[0] = {}) {
  const { authenticator, response } = registered(options)
  const credential = await verifyRegistration(response, ceremony)
  if (credential === null) throw new Error('The registration was refused.')
  return { authenticator, credential: { ...credential, publicKey: new Uint8Array(credential.publicKey) } }
}

test.each([
  [{ algorithm: 'ES256' }, { counter: 1, deviceType: 'singleDevice', backedUp: false, transports: ['usb'] }],
  [{ algorithm: 'EdDSA' }, { counter: 1, deviceType: 'singleDevice', backedUp: false }],
  [{ algorithm: 'RS256' }, { counter: 1, deviceType: 'singleDevice', backedUp: false }],
  [{ isSynced: true }, { counter: 0, deviceType: 'multiDevice', backedUp: true }],
] as const)('passkey verification: accepts a passkey of %j and its assertions', async (options, expected) => {
  const { authenticator, response } = registered(options)
  const credential = await verifyRegistration(response, ceremony)
  expect(credential).toMatchObject({ id: response.id, ...expected })
  if (credential === null) return
  const publicKey = new Uint8Array(credential.publicKey)
  const assertion = authenticator.get(requestOptions)
  expect(await verifyAssertion(assertion, ceremony, { ...credential, publicKey })).toEqual({
    counter: expected.counter === 0 ? 0 : 2,
    backedUp: expected.backedUp,
  })
})

const wrong: [string, Deviation][] = [
  ['another origin', { origin: 'https://localhost:8087' }],
  ['an origin that begins with ours', { origin: 'http://localhost:80870' }],
  ['another site', { rpId: 'example.org' }],
  ['another challenge', { challenge: 'AAAA' }],
  ['another ceremony', { type: 'payment.get' }],
  ['no user presence', { isUserPresent: false }],
  ['no user verification', { isUserVerified: false }],
  ['a backup without eligibility for one', { isBackedUp: true }],
]

test.each(wrong)('passkey verification: refuses a registration with %s', async (_, deviation) => {
  const { authenticator } = registered()
  expect(await verifyRegistration(authenticator.create(creationOptions, deviation), ceremony)).toBeNull()
})

test.each<[string, Deviation]>([
  ...wrong,
  ['a bogus signature', { hasBogusSignature: true }],
  ['the id of another passkey', { credentialId: 'AAAA' }],
])('passkey verification: refuses an assertion with %s', async (_, deviation) => {
  const { authenticator, credential } = await known()
  const refused = authenticator.get(requestOptions, deviation)
  expect(await verifyAssertion(refused, ceremony, credential)).toBeNull()
  expect(await verifyAssertion(authenticator.get(requestOptions), ceremony, credential)).not.toBeNull()
})

test('passkey verification: refuses a passkey that became eligible for backup, and one of another key', async () => {
  const { authenticator, credential } = await known()
  const other = await known()
  const assertion = () => authenticator.get(requestOptions)
  expect(
    await verifyAssertion(assertion(), ceremony, { ...credential, deviceType: 'multiDevice' }),
  ).toBeNull()
  const { publicKey } = other.credential
  expect(await verifyAssertion(assertion(), ceremony, { ...credential, publicKey })).toBeNull()
})

test('passkey verification: refuses a key for signatures over SHA-1', async () => {
  const { response } = registered({ algorithm: 'RS256' })
  const key = Buffer.from(response.response.attestationObject, 'base64url')
  // COSE names the algorithm under 3: RS256 is -257, RS1 is -65535.
  key.write('fffe', key.indexOf(Buffer.from('03390100', 'hex')) + 2, 'hex')
  const attestationObject = key.toString('base64url')
  const weak = { ...response, response: { ...response.response, attestationObject } }
  expect(await verifyRegistration(weak, ceremony)).toBeNull()
  expect(await verifyRegistration(response, ceremony)).not.toBeNull()
})

test('passkey verification: leaves the counter to its caller', async () => {
  const { authenticator, credential } = await known()
  const back = authenticator.get(requestOptions, { counter: 1 })
  expect(await verifyAssertion(back, ceremony, credential)).toMatchObject({ counter: 1 })
})

test('passkey verification: reads no attestation, so it never fetches what its certificates name', async () => {
  const { authenticator } = registered()
  for (const fmt of ['packed', 'tpm', 'android-key', 'android-safetynet', 'fido-u2f', 'apple', 'unknown']) {
    const attStmt = new Map<string, string | number>([
      ['alg', -7],
      ['sig', 'not one'],
      ['x5c', 'not one'],
    ])
    const response = authenticator.create(creationOptions, { attestation: { fmt, attStmt } })
    expect(await verifyRegistration(response, ceremony)).not.toBeNull()
  }
})

test('passkey verification: refuses another id than the authenticator signed', async () => {
  const { authenticator } = registered()
  const response = authenticator.create(creationOptions)
  expect(await verifyRegistration({ ...response, id: 'AAAA', rawId: 'AAAA' }, ceremony)).toBeNull()
  expect(await verifyRegistration({ ...response, rawId: 'AAAA' }, ceremony)).toBeNull()
})

/** Changes one byte of a text in base64url, or cuts it there. */
function damaged(text: string, at: number, how: 'flip' | 'cut' | 'grow'): string {
  const bytes = Buffer.from(text, 'base64url')
  if (how === 'cut') return bytes.subarray(0, at).toString('base64url')
  if (how === 'grow') return Buffer.concat([bytes, Buffer.alloc(at + 1)]).toString('base64url')
  bytes[at] = (bytes[at] ?? 0) ^ 0xff
  return bytes.toString('base64url')
}

test('passkey verification: refuses every assertion with one changed, missing or added byte', async () => {
  const { authenticator, credential } = await known({ algorithm: 'EdDSA' })
  const genuine = authenticator.get(requestOptions)
  for (const field of ['clientDataJSON', 'authenticatorData', 'signature'] as const) {
    const text = genuine.response[field]
    for (let at = 0; at < Buffer.from(text, 'base64url').length; at += 1) {
      for (const how of ['flip', 'cut', 'grow'] as const) {
        const response = { ...genuine.response, [field]: damaged(text, at, how) }
        const changed: AssertionResponse = { ...genuine, response }
        expect(await verifyAssertion(changed, ceremony, credential), `${field} ${how} ${at}`).toBeNull()
      }
    }
  }
})

test('passkey verification: damaged registrations are refused or another passkey, and never throw', async () => {
  const { response: genuine } = registered()
  const text = genuine.response.attestationObject
  for (let at = 0; at < Buffer.from(text, 'base64url').length; at += 1) {
    for (const how of ['flip', 'cut'] as const) {
      const response = { ...genuine.response, attestationObject: damaged(text, at, how) }
      const found = await verifyRegistration(
        { ...genuine, response } satisfies RegistrationResponse,
        ceremony,
      )
      expect([undefined, genuine.id]).toContain(found?.id)
    }
  }
})

test('passkey verification: refuses nested, endless and huge CBOR at once', async () => {
  const { response: genuine } = registered()
  const bombs = [
    Buffer.alloc(6_000, 0x81),
    Buffer.alloc(6_000, 0xa1),
    Buffer.from('9bffffffffffffffff', 'hex'),
    Buffer.from('9affffffff00', 'hex'),
    Buffer.from('bbffffffffffffffff', 'hex'),
    Buffer.from('5bffffffffffffffff', 'hex'),
    Buffer.from('5affffffff00', 'hex'),
    Buffer.from('7affffffff00', 'hex'),
    Buffer.from('c0'.repeat(6_000), 'hex'),
    Buffer.from('9f5f7fbfff', 'hex'),
  ]
  for (const bomb of bombs) {
    const response = { ...genuine.response, attestationObject: bomb.toString('base64url') }
    const started = performance.now()
    expect(await verifyRegistration({ ...genuine, response }, ceremony)).toBeNull()
    expect(performance.now() - started).toBeLessThan(2_000)
  }
})
