import type { Edge } from './input-edges.fixture.ts'

const text = (length: number) => 'A'.repeat(length)

/** Of a credential whose every field is as long as it may be. */
const longest = { id: text(1_364), rawId: text(1_364), type: 'public-key' }

const registration = {
  clientDataJSON: text(5_462),
  attestationObject: text(10_923),
  transports: Array.from({ length: 10 }, () => text(32)),
}
const assertion = {
  clientDataJSON: text(5_462),
  authenticatorData: text(5_462),
  signature: text(1_366),
  userHandle: text(86),
}

/** What is wrong in any credential, besides its response. */
function wrongCredentials(right: { response: object }): unknown[] {
  return [
    undefined,
    null,
    'AAAA',
    [],
    {},
    { ...right, id: text(1_365) },
    { ...right, rawId: text(1_365) },
    { ...right, id: '' },
    { ...right, id: 'AA==' },
    { ...right, type: 'password' },
    { ...right, response: undefined },
  ]
}

/** Fields that are one character too long, empty, no base64url, of another type or missing. */
function wrongFields<R extends object>(right: { response: R }, fields: (keyof R & string)[]): unknown[] {
  return fields.flatMap((field) => {
    const value = right.response[field]
    const tooLong = typeof value === 'string' ? `${value}A` : [...registration.transports, 'usb']
    return [tooLong, '', 'A+/=', 7].map((wrong) => ({
      ...right,
      response: { ...right.response, [field]: wrong },
    }))
  })
}

const created = { ...longest, response: registration }
const answered = { ...longest, response: assertion }

export const registrationResponse: Edge = {
  accepted: [created, { ...created, authenticatorAttachment: 'platform', clientExtensionResults: {} }],
  rejected: [
    ...wrongCredentials(created),
    ...wrongFields(created, ['clientDataJSON', 'attestationObject', 'transports']),
    { ...created, response: { ...registration, transports: [text(33)] } },
  ],
}

export const assertionResponse: Edge = {
  accepted: [
    answered,
    { ...answered, response: { ...assertion, userHandle: null } },
    { ...answered, response: { ...assertion, userHandle: undefined, attestationObject: 'AAAA' } },
  ],
  rejected: [
    ...wrongCredentials(answered),
    ...wrongFields(answered, ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle']),
  ],
}
