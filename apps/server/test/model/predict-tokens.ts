import type { World } from './account-model.ts'
import type { Command } from './command.ts'
import type { Token } from './issued.ts'
import { shownAddress } from './predict-addresses.ts'
import { Refused, sudo, userOf } from './visit.ts'
import type { Visit } from './visit.ts'

const day = 24 * 3_600

/** How long a token is stored after it expired. */
const keptToken = 30 * day

type CreateToken = Extract<Command, { do: 'create a token' }>

export function createToken(visit: Visit, { scope, days }: CreateToken): string {
  const { world } = visit
  const { username } = sudo(visit)
  for (const old of world.tokens) old.ended ||= world.now >= old.expiresAt + keptToken
  const expiresAt = world.now + days * day
  world.tokens.push({ username, canWrite: scope === 'account:write', expiresAt, ended: false })
  return `ok until ${expiresAt}`
}

/** An expired token is still in the list, so it can be revoked. */
export function revokeToken(visit: Visit, which: number): string {
  const { username } = sudo(visit)
  const token = visit.world.tokens.at(-1 - which)
  if (token === undefined || token.ended || token.username !== username) throw new Refused('NOT_FOUND')
  token.ended = true
  return 'ok'
}

/** Needs no session and opens none. */
export function callByToken(world: World, { which, isChange }: { which: number; isChange: boolean }): string {
  const { username, canWrite } = validToken(world, which)
  if (!isChange) return `ok ${username} ${userOf(world, username).role} ${shownAddress(world, username)}`
  if (!canWrite) throw new Refused('SCOPE_REQUIRED')
  return `ok ${username}`
}

function validToken(world: World, which: number): Token {
  const token = world.tokens.at(-1 - which)
  if (token === undefined || token.ended || world.now >= token.expiresAt) throw new Refused('UNAUTHENTICATED')
  return token
}
