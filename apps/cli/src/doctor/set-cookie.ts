/** What a browser reads in a `Set-Cookie` header. */
export interface CookieFacts {
  name: string
  secure: boolean
  httpOnly: boolean
  /** As browsers treat a missing one: lax (RFC 6265bis). */
  sameSite: 'lax' | 'none' | 'strict'
  path: string | null
  domain: string | null
}

export function parseSetCookie(line: string): CookieFacts {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim())
  const attributes = new Map(
    rest.map((part) => {
      const [name = '', ...value] = part.split('=')
      return [name.toLowerCase(), value.join('=')] as const
    }),
  )
  const sameSite = attributes.get('samesite')?.toLowerCase()
  return {
    name: pair.split('=', 1).join(),
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    sameSite: sameSite === 'none' || sameSite === 'strict' ? sameSite : 'lax',
    path: attributes.get('path') ?? null,
    domain: attributes.get('domain') || null,
  }
}
