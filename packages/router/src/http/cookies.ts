/** The cookies of one HTTP request, and the cookies that its response sets. */
export interface Cookies {
  /** Returns every value of the name. More than one is a sign of cookie tossing; the caller decides. */
  all(name: string): string[]
  /**
   * Returns whether the request has no cookie of any name. Either the browser blocks cookies, or all of them
   * have ended.
   */
  isEmpty(): boolean
  /** Queues a `Set-Cookie` line; a later line of the same name replaces it. */
  set(name: string, line: string): void
  /** Returns the `Set-Cookie` lines of the response. */
  outgoing(): string[]
}

/** @param header the raw `Cookie` header (RFC 6265 section 5.4), or undefined when there was none */
export function requestCookies(header: string | undefined): Cookies {
  let lines: Map<string, string> | undefined
  return {
    all: (name) => {
      const values: string[] = []
      for (const pair of header?.split(';') ?? []) {
        const equals = pair.indexOf('=')
        if (equals > 0 && isNamed(pair.slice(0, equals), name)) values.push(pair.slice(equals + 1).trim())
      }
      return values
    },
    isEmpty: () => (header ?? '').trim() === '',
    set: (name, line) => void (lines ??= new Map()).set(name, line),
    outgoing: () => (lines === undefined ? [] : [...lines.values()]),
  }
}

/**
 * Compares the name of a cookie. Only spaces and tabs around it do not count, as in browsers. `trim` also
 * removes a no-break space. To a browser a name that begins with one has no `__Host-` prefix, so every site
 * of the same domain can set it for us.
 */
function isNamed(text: string, name: string): boolean {
  return text.trim() === name && !/[^\t -~]/.test(text)
}
