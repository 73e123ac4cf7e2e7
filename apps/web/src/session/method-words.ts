const words: ReadonlyMap<string, string> = new Map([
  ['pwd', 'password'],
  ['otp', 'authenticator app'],
  ['recovery', 'recovery code'],
  ['passkey', 'passkey'],
  ['oidc', 'outside account'],
])

/** Names how a user logged in: "password and authenticator app". A newer server may send other methods. */
export function methodWords(methods: readonly string[]): string {
  return methods.map((method) => words.get(method) ?? method).join(' and ')
}
