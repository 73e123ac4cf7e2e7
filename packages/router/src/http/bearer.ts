/**
 * Returns the credentials of `Authorization: Bearer …` (RFC 6750 section 2.1), which may be empty. Other
 * schemes are ignored: a proxy in front of the server may ask for its own.
 * @returns null without the header or with another scheme
 */
export function bearerCredentials(header: string | undefined): string | null {
  if (header === undefined || !/^bearer(?: |$)/i.test(header)) return null
  return header.slice('bearer'.length).trim()
}
