import { createHash } from 'node:crypto'
import { lowestId } from '../../id.ts'
import type { Population } from './row-makers.ts'

export const dayMs = 24 * 3_600_000

/** Returns a UUIDv7 of that time. Rows of one table have different numbers. */
export function idOf(row: number, ms: number): string {
  return `${lowestId(ms).slice(0, -12)}${row.toString(16).padStart(12, '0')}`
}

/** Returns when a user signed up. */
export function signupTime(user: number, { users, from, to }: Population): number {
  return from + Math.floor(((to - from) * (user % users)) / users)
}

export function userIdOf(user: number, population: Population): string {
  return idOf(user % population.users, signupTime(user, population))
}

/** Returns a user, so that consecutive rows belong to users who are far apart. */
export function scattered(row: number, { users }: Population): number {
  // A prime, so that every user gets their turn.
  return (row * 15_485_863) % users
}

/** Returns a time of the last `days`; later rows have later times. `rows` is how many the table gets. */
export function recentTime(row: number, rows: number, { days, to }: { days: number; to: number }): number {
  return to - days * dayMs + Math.floor((days * dayMs * (row % rows)) / rows)
}

/** Returns 43 characters, as of a SHA-256. */
export function hashOf(kind: string, row: number): string {
  return createHash('sha256').update(`${kind} ${row}`).digest('base64url')
}

const firstNames = 'Jack Ada Jane Grace Jean Alan Joan Barbara John Edsger Jules Hedy Julia June'
const lastNames =
  'Allen Bartik Clarke Diffie Engelbart Feinler Goldwasser Hopper Johnson Keller Lamarr Liskov'

/** Returns a name that many users have. */
export function displayNameOf(user: number): string {
  const first = firstNames.split(' ')
  const last = lastNames.split(' ')
  return `${first[user % first.length]} ${last[Math.floor(user / first.length) % last.length]}`
}

/** Returns a user name; the order of the names is not that of the users. */
export function usernameOf(user: number): string {
  return `user-${(user * 7_919).toString(36).split('').toReversed().join('')}`
}

export function addressOf(user: number): string {
  return `${usernameOf(user)}@example.org`
}

export const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
