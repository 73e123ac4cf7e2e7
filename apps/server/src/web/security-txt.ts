import type { RequestHandler } from 'express'

/** The path at which researchers look for the contact to report a vulnerability (RFC 9116). */
export const securityTxtPath = '/.well-known/security.txt'

interface SecurityTxtDeps {
  /** URIs, the preferred one first. Empty: the file does not exist (404). */
  contacts: readonly string[]
  /** The origin that browsers use. */
  publicUrl: () => string
  /** Milliseconds since 1970. */
  clock: () => number
}

/** Serves the contacts. `Canonical` needs https (RFC 9116, 2.5.2). */
export function securityTxt({ contacts, publicUrl, clock }: SecurityTxtDeps): RequestHandler {
  return (_request, response) => {
    response.type('text/plain; charset=utf-8')
    if (contacts.length === 0) {
      return void response.status(404).set('Cache-Control', 'no-store').send('No contact is set.\n')
    }
    const origin = publicUrl()
    const lines = [
      ...contacts.map((contact) => `Contact: ${contact}`),
      `Expires: ${expiry(clock())}`,
      'Preferred-Languages: en',
      ...(origin.startsWith('https:') ? [`Canonical: ${origin}${securityTxtPath}`] : []),
    ]
    response.set('Cache-Control', 'no-cache').send(`${lines.join('\n')}\n`)
  }
}

const dayMs = 24 * 60 * 60_000
/** Less than a year, as RFC 9116 (2.5.5) recommends. */
const validDays = 364

/** Returns the end of validity, at the start of a day, so that the file changes once a day. */
function expiry(now: number): string {
  return new Date((Math.floor(now / dayMs) + validDays) * dayMs).toISOString()
}
