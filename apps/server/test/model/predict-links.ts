import { endAddressLinks, endLinks, endSessions, endTokens } from './account-model.ts'
import type { World } from './account-model.ts'
import type { Username } from './command.ts'
import type { Invitation, RecoveryLink } from './issued.ts'
import { Refused, sudoAdmin, userOf } from './visit.ts'
import type { Visit } from './visit.ts'

const day = 24 * 3_600

const lifetimes = { recoveryLink: day, invitation: 7 * day }

/** How long an invitation is stored after it expired. */
const keptInvitation = 90 * day

/** An admin issues it for another user; it replaces the older one. */
export function issueLink(visit: Visit, username: Username): string {
  const { world } = visit
  const issuedBy = sudoAdmin(visit).username
  if (issuedBy === username) throw new Refused('FORBIDDEN')
  // For a disabled user it would not work.
  if (world.users.get(username)?.disabled !== false) throw new Refused('NOT_FOUND')
  // A mailed one stays.
  for (const link of world.recoveryLinks) link.ended ||= link.username === username && link.issuedBy !== null
  const expiresAt = world.now + lifetimes.recoveryLink
  world.recoveryLinks.push({ username, issuedBy, expiresAt, ended: false })
  return `ok until ${expiresAt}`
}

export function inspectLink(world: World, which: number): string {
  const { username, expiresAt } = openLink(world, which)
  return `ok ${username} until ${expiresAt}`
}

/** Ends every session of the user, also one of this browser, and opens none. No cookie changes. */
export function resetPassword(world: World, which: number): string {
  const { username } = openLink(world, which)
  const user = userOf(world, username)
  user.password = user.password === 0 ? 1 : 0
  endLinks(world, username)
  endAddressLinks(world, username)
  endTokens(world, username)
  return `ok ${username} ended ${endSessions(world, username)}`
}

function openLink(world: World, which: number): RecoveryLink {
  const link = world.recoveryLinks.at(-1 - which)
  if (link === undefined || link.ended || world.now >= link.expiresAt) throw new Refused('LINK_INVALID')
  return link
}

export function createInvitation(visit: Visit): string {
  const { world } = visit
  sudoAdmin(visit)
  for (const old of world.invitations) old.ended ||= world.now >= old.expiresAt + keptInvitation
  const expiresAt = world.now + lifetimes.invitation
  world.invitations.push({ expiresAt, ended: false })
  return `ok until ${expiresAt}`
}

/** An expired invitation is still in the list, so it can be revoked. */
export function revokeInvitation(visit: Visit, which: number): string {
  sudoAdmin(visit)
  const invitation = visit.world.invitations.at(-1 - which)
  if (invitation === undefined || invitation.ended) throw new Refused('NOT_FOUND')
  invitation.ended = true
  return 'ok'
}

/** Checks the invitation of a sign-up, if it has one. @returns what uses the invitation up */
export function acceptInvitation(world: World, which: number | undefined): () => void {
  if (which === undefined) return () => undefined
  const invitation: Invitation | undefined = world.invitations.at(-1 - which)
  if (invitation === undefined || invitation.ended || world.now >= invitation.expiresAt)
    throw new Refused('LINK_INVALID')
  return () => {
    invitation.ended = true
  }
}
