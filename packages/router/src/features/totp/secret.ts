import { product } from '@app/contract/product'

/** Creates a secret of 20 bytes, the length of RFC 4226 4 R6, in base32. */
export async function createTotpSecret(): Promise<string> {
  const { generateSecret } = await import('otplib')
  return generateSecret()
}

/**
 * Returns the address that an authenticator app reads from the QR code. Defaults are left out, so that the QR
 * code is smaller.
 */
export async function totpUri({ secret, username }: { secret: string; username: string }): Promise<string> {
  const { generateURI } = await import('otplib')
  // A colon separates issuer and user name. User names have none.
  return generateURI({ issuer: product.name.replaceAll(':', ' '), label: username, secret })
}
