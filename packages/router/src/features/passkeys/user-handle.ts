/**
 * Returns what an authenticator stores of the account (WebAuthn Level 3, 5.4.3): the 16 bytes of the user's
 * id in base64url, and nothing that the user chose.
 */
export function userHandleOf(userId: string): string {
  return Buffer.from(userId.replaceAll('-', ''), 'hex').toString('base64url')
}
