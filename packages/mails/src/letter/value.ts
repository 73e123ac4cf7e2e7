/** The longest valid address has 254 characters. */
const tooLong = /^(.{254}).+$/u

/**
 * Makes a value a single line without characters that hide or reorder text (Unicode TR 36, section 2.8), and
 * cuts it after 254 characters.
 */
export function oneLine(value: string): string {
  return value
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u2060\u200b\ufeff]+/gu, ' ')
    .trim()
    .replace(tooLong, '$1…')
}

const ipAddress = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f:]*:[\da-f:]*(?::\d{1,3}(?:\.\d{1,3}){3})?)$/i

/**
 * Keeps mail clients from making a link of a value: an attacker can choose the user name `example.com`. A
 * word joiner (U+2060) is invisible and not allowed in URLs. IP addresses stay as they are, for copying.
 */
export function unlinked(value: string): string {
  return ipAddress.test(value) ? value : value.replace(/(?<=\S)[.:@/]/g, '\u2060$&')
}

/** Isolates a value whose direction can differ from the text around it, as `<bdi>` does in HTML. */
export function isolated(value: string, direction: 'ltr' | 'rtl'): string {
  const isLatin = !/[^\p{Script=Latin}\p{Script=Common}]/u.test(value)
  return isLatin && direction === 'ltr' ? value : `\u2068${value}\u2069`
}

/**
 * Makes a URL of ours safe to stand on a line of its own.
 * @throws TypeError when it is not http or https
 */
export function checkedLink(url: string): string {
  if (!/^https?:\/\//i.test(url)) throw new TypeError('a mail links to http and https only')
  return url.toWellFormed().replace(/[^!#-;=?-~]/gu, encodeURIComponent)
}
