/** RFC 5321 4.5.3.1.1. */
const longestLocalPart = 64

/**
 * Returns an address in the one form in which it is stored and written to: without spaces around it, in NFC,
 * and with an international domain in ASCII (RFC 5891). The case of the part before the @ stays, because its
 * mail server may distinguish it. The invisible U+2060 is dropped: our mails put it into addresses, so that
 * mail programs make no links of them.
 * @returns null when it has no @, or its domain is not one
 */
export function normalizeEmail(typed: string): string | null {
  const [local = '', domain = '', ...others] = typed
    .replaceAll('\u2060', '')
    .trim()
    .normalize('NFC')
    .split('@')
  // Without this rule `URL` would decode `%61`, and read `0x7f.1` after it as a path or a port.
  if (others.length > 0 || !/^[\p{L}\p{N}\p{M}.-]{1,253}$/u.test(domain)) return null
  const host = hostOf(domain)
  if (host === null || !host.split('.').every(isLabel)) return null
  return local.length <= longestLocalPart ? `${local}@${host}` : null
}

// Browsers and Node have it. The contract uses the types of neither.
declare const URL: { parse(url: string): { hostname: string } | null }

function hostOf(domain: string): string | null {
  return URL.parse(`http://${domain}`)?.hostname ?? null
}

/** RFC 1035 2.3.4. `URL` accepts a label that ends with a dash. */
function isLabel(label: string): boolean {
  return label.length >= 1 && label.length <= 63 && !label.startsWith('-') && !label.endsWith('-')
}
