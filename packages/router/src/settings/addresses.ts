import { isIPv6 } from 'node:net'
import { z } from 'zod'
import { origin, wholeNumber } from './env-schema.ts'

/**
 * The settings of who reaches the server, and by which address. Commands read them too: their links lead to
 * the server. Each message is the fix, and is printed after the name of the setting.
 */
export const addressSettings = {
  PORT: wholeNumber(0, 65_535).default(8087),
  HOST: z
    .string()
    .refine(
      (host) => /^[\w.-]+$/.test(host) || isIPv6(host),
      'must be an address or a name of this machine without a port or brackets, like 127.0.0.1, 0.0.0.0 or ::1.',
    )
    .default('127.0.0.1'),
  PUBLIC_URL: origin('must be the address that browsers use, without a path: https://accounts.example.org')
    .nullable()
    .default(null),
  TRUST_PROXY: wholeNumber(0, 10).default(0),
}

/** Returns the origin of links and pages: PUBLIC_URL, or this machine. @param port the opened port */
export function publicUrlOf({ publicUrl }: { publicUrl: string | null }, port: number): string {
  return publicUrl ?? `http://localhost:${port}`
}
