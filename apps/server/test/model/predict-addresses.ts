import { addressesOf, endAddressLinks, endLinks, ownerOf } from './account-model.ts'
import type { World } from './account-model.ts'
import type { Address, Username } from './command.ts'
import { Refused, signedIn, sudo, userOf } from './visit.ts'
import type { Visit } from './visit.ts'

const lifetimes = { addressLink: 24 * 3_600, recoveryMail: 30 * 60 }

/** Replaces the pending address. The verified one stays. The answer is the same for every address. */
export function enterAddress(visit: Visit, address: Address): string {
  const { world } = visit
  const { username } = sudo(visit)
  endAddressLinks(world, username)
  world.addresses.set(username, { ...addressesOf(world, username), pending: address })
  mailAddressLink(world, username, address)
  return `ok ${shownAddress(world, username)}`
}

export function askForLink(visit: Visit): string {
  const { username } = signedIn(visit)
  const { pending } = addressesOf(visit.world, username)
  if (pending === undefined) throw new Refused('NOT_FOUND')
  mailAddressLink(visit.world, username, pending)
  return 'ok'
}

export function removeAddress(visit: Visit): string {
  const { world } = visit
  const { username } = sudo(visit)
  const { verified, pending } = addressesOf(world, username)
  if (verified !== undefined || pending !== undefined) {
    endAddressLinks(world, username)
    endLinks(world, username)
    world.addresses.delete(username)
  }
  return `ok ${shownAddress(world, username)}`
}

/** The first account to confirm an address has it; the links of the others have no effect. */
export function confirmAddress(world: World, which: number): string {
  const link = world.addressLinks.at(-1 - which)
  if (link === undefined || link.ended || world.now >= link.expiresAt) throw new Refused('LINK_INVALID')
  const { username, address } = link
  const owner = ownerOf(world, address)
  if (userOf(world, username).disabled || (owner !== undefined && owner !== username))
    throw new Refused('LINK_INVALID')
  endAddressLinks(world, username)
  endLinks(world, username)
  world.addresses.set(username, { verified: address })
  return `ok ${address}`
}

/** Answers the same for every name; a mail goes to the verified address of an enabled account. */
export function requestRecovery(world: World, name: Username | Address): string {
  const username = name.includes('@') ? ownerOf(world, name) : (name as Username)
  const address = username === undefined ? undefined : addressesOf(world, username).verified
  if (username === undefined || address === undefined || world.users.get(username)?.disabled !== false)
    return 'ok'
  // An issued one stays.
  for (const link of world.recoveryLinks) link.ended ||= link.username === username && link.issuedBy === null
  const expiresAt = world.now + lifetimes.recoveryMail
  world.recoveryLinks.push({ username, issuedBy: null, expiresAt, ended: false })
  world.mails.push(`recovery to ${address}`)
  return 'ok'
}

/** Returns the address that users see of themselves. */
export function shownAddress(world: World, username: Username): string {
  const { verified, pending } = addressesOf(world, username)
  return `${verified ?? pending ?? 'no address'} ${verified === undefined ? '-' : 'verified'} ${pending ?? '-'}`
}

/** Where another account has verified the address, its owner gets a mail, and there is no link. */
function mailAddressLink(world: World, username: Username, address: Address): void {
  const owner = ownerOf(world, address)
  if (owner !== undefined && owner !== username) {
    world.mails.push(`address-in-use to ${address}`)
    return
  }
  endAddressLinks(world, username)
  const expiresAt = world.now + lifetimes.addressLink
  world.addressLinks.push({ username, address, expiresAt, ended: false })
  world.mails.push(`verify-address to ${address}`)
}
