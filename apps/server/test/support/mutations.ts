/**
 * Generates numbers from 0 to below 1, the same for the same seed (mulberry32, public domain).
 */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Random = () => number
type Mutation = (token: string, random: Random) => string

const upTo = (random: Random, end: number) => Math.floor(random() * end)
const oneOf = <T>(random: Random, values: readonly [T, ...T[]]): T =>
  values[upTo(random, values.length)] ?? values[0]

/**
 * The bytes that a cookie value can contain: all except controls, blanks at the ends, and the semicolon.
 */
function anyCharacter(random: Random): string {
  const code = 0x21 + upTo(random, 0xff - 0x21)
  return code === 0x3b || (code >= 0x7f && code <= 0xa0) ? '~' : String.fromCharCode(code)
}

const changed: Mutation = (token, random) => {
  const at = upTo(random, token.length)
  return token.slice(0, at) + anyCharacter(random) + token.slice(at + 1)
}
const longer: Mutation = (token, random) => {
  const at = upTo(random, token.length + 1)
  return token.slice(0, at) + anyCharacter(random).repeat(1 + upTo(random, 300)) + token.slice(at)
}
const cut: Mutation = (token, random) => token.slice(upTo(random, token.length), upTo(random, token.length))
const swapped: Mutation = (token, random) => {
  const parts = token.split('.')
  const [one, other] = [upTo(random, parts.length), upTo(random, 3)]
  return parts.with(one, parts[other] ?? '').join('.')
}

/** Keeps the signature and changes header or payload. */
const rewritten: Mutation = (token, random) => {
  const parts = token.split('.')
  const at = upTo(random, Math.min(2, parts.length))
  const key = oneOf(random, [
    'alg',
    'typ',
    'kid',
    'jwk',
    'jku',
    'x5u',
    'crit',
    'sub',
    'sid',
    'jti',
    'iat',
    'exp',
    'iss',
    'aud',
    '__proto__',
  ])
  const value = oneOf<unknown>(random, [
    'none',
    'HS512',
    'RS256',
    '',
    '../../etc/passwd',
    "' or 1=1 --",
    null,
    0,
    -1,
    1e308,
    [],
    {},
    ['x'],
    true,
    'x'.repeat(200),
  ])
  const text = Buffer.from(parts[at] ?? '', 'base64url').toString()
  const inside = `${JSON.stringify(key)}:${JSON.stringify(value)}`
  const json = random() < 0.5 ? text.replace(/\}$/, `,${inside}}`) : `{${inside}}`
  return parts.with(at, Buffer.from(json).toString('base64url')).join('.')
}

const mutations: readonly [Mutation, ...Mutation[]] = [changed, longer, cut, swapped, rewritten]

/** Returns the token after one to three mutations, never the token itself. */
export function mutated(token: string, random: Random): string {
  let result = token
  const times = 1 + upTo(random, 3)
  for (let count = 0; count < times; count += 1) result = oneOf(random, mutations)(result, random)
  return result === token || result === '' ? mutated(token, random) : result
}
