export const stepMs = 30_000

/** Seconds by which the clocks of server and phone may differ: one step either side (RFC 6238 5.2). */
const toleranceSeconds = 30

interface TotpCheck {
  /** In base32, as `createTotpSecret` returns it. */
  secret: string
  code: string
  /** Milliseconds since 1970 UTC. */
  now: number
}

/**
 * Finds the time step whose code it is: the current one, the one before or the one after. Codes are those of
 * RFC 6238 with HMAC-SHA-1, 6 digits and 30 seconds. The caller must check that the step was not used.
 * @returns null when the code is wrong or not six digits
 */
export async function findTimeStep({ secret, code, now }: TotpCheck): Promise<number | null> {
  // The library throws for every other text.
  if (!/^[0-9]{6}$/.test(code)) return null
  const { verifySync } = await import('otplib')
  const epoch = Math.floor(now / 1_000)
  const result = verifySync({ secret, token: code, epoch, epochTolerance: toleranceSeconds })
  return result.valid && 'timeStep' in result ? result.timeStep : null
}
