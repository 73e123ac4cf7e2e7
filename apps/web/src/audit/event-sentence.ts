import { auditEvents, roles, roleWords } from '@app/contract'
import type { AuditEvent, AuditEventName } from '@app/contract'
import { methodWords } from '../session/method-words.ts'
import { confirmedBy, factorSentences } from './factor-sentences.ts'
import type { Parts } from './sentence-parts.ts'

/**
 * Returns an event as a sentence: "You logged in.", "grace made you an admin.", "ada changed their
 * password."
 * @param youId the reader, named "you"; null names every user
 */
export function eventSentence(event: AuditEvent, youId: string | null): string {
  return isKnown(event.event) ? sentences[event.event](partsOf(event, youId)) : unknownEvent(event)
}

/** A new event of the contract does not compile until it has a sentence. */
const sentences: Record<AuditEventName, (parts: Parts) => string> = {
  signup: ({ actor }) => `${actor} signed up.`,
  'account-created': ({ actor, account, detail }) =>
    `${actor} created ${account}, as ${roleName(detail['role'])}${'reusedName' in detail ? ', with the user name of a closed account' : ''}.`,
  login: ({ actor, detail }) => `${actor} logged in${byMethods(detail)}.`,
  'login-failed': ({ account, hasNoAccount }) =>
    hasNoAccount ? 'A log-in failed: no user has that name.' : `A log-in to ${account} failed.`,
  logout: ({ actor }) => `${actor} logged out.`,
  elevated: ({ actor, own, detail }) => `${actor} confirmed ${confirmedBy(detail, own)}.`,
  'elevation-failed': ({ actor, own, detail }) => `${actor} failed to confirm ${confirmedBy(detail, own)}.`,
  'password-changed': ({ actor, own, detail }) =>
    `${actor} changed ${own} password${endedSessions(detail, 'other session')}.`,
  'password-change-failed': ({ actor, own }) =>
    `${actor} failed to change ${own} password: the current one was wrong.`,
  'role-changed': ({ actor, target, detail }) => `${actor} made ${target} ${roleName(detail['to'])}.`,
  'password-limited': ({ account, hasNoAccount, detail }) =>
    detail['per'] === 'address'
      ? 'Too many wrong passwords from one address: no more were accepted from there for a while.'
      : `Too many wrong passwords for ${hasNoAccount ? 'an unknown user name' : account}: no more were accepted for a while.`,
  'password-spraying': ({ detail }) =>
    `Wrong passwords for ${detail['accounts'] ?? 'many'} accounts from ${detail['addresses'] ?? 'many'} addresses within ten minutes: an attacker may be trying common passwords.`,
  'account-unlocked': ({ actor, of }) => `${actor} unlocked ${of('account')} after too many wrong passwords.`,
  // `byAnother`: another user logged in with the same browser.
  'session-revoked': ({ actor, of, byAnother, own }) =>
    byAnother
      ? `${actor} logged in with the same browser, which ended one of ${of('sessions')}.`
      : `${actor} ended one of ${own} sessions.`,
  'sessions-revoked': ({ actor, of, byAnother, own, detail }) =>
    `${actor} ended all ${byAnother ? of('sessions') : `${own} other sessions`}${countInBrackets(detail)}.`,
  disabled: ({ actor, of, detail }) =>
    `${actor} disabled ${of('account')}${endedSessions(detail, 'session')}.`,
  enabled: ({ actor, of }) => `${actor} enabled ${of('account')} again.`,
  exported: ({ actor, own }) => `${actor} exported ${own} data.`,
  closed: ({ actor, own }) => `${actor} closed ${own} account.`,
  removed: ({ actor, of }) => `${actor} removed ${of('account')}.`,
  'email-entered': ({ actor, own }) => `${actor} entered an email for ${own} account.`,
  'email-verified': ({ account }) => `The email of ${account} was confirmed.`,
  'email-removed': ({ actor, own }) => `${actor} removed ${own} email.`,
  'recovery-requested': ({ account, hasNoAccount }) =>
    hasNoAccount
      ? 'Password recovery was requested for an unknown account.'
      : `Password recovery was requested for ${account}.`,
  'recovery-link-issued': ({ actor, account }) => `${actor} issued a recovery link for ${account}.`,
  'password-reset': ({ account, detail }) =>
    `The password of ${account} was reset by a recovery link${endedSessions(detail, 'session')}.`,
  'invitation-created': ({ actor }) => `${actor} created an invitation.`,
  'invitation-revoked': ({ actor }) => `${actor} revoked an invitation.`,
  'invitation-accepted': ({ actor }) => `${actor} signed up with an invitation.`,
  'token-created': ({ actor, detail }) => `${actor} created the access token “${detail['name'] ?? ''}”.`,
  'token-revoked': ({ actor, account, byAnother, detail }) =>
    `${actor} revoked the access token “${detail['name'] ?? ''}”${byAnother ? ` of ${account}` : ''}.`,
  ...factorSentences,
}

function isKnown(event: string): event is AuditEventName {
  return auditEvents.some((known) => known === event)
}

/** Returns a sentence for an event of a newer server, which this page does not know yet. */
function unknownEvent({ event }: AuditEvent): string {
  return `Unknown event “${event}”. Reload the page to see more.`
}

function partsOf(event: AuditEvent, youId: string | null): Parts {
  const { actor, subject, detail } = event
  const actorId = actor.kind === 'user' ? actor.id : null
  const isYours = subject?.id === youId
  const isOwnAction = actorId !== null && actorId === subject?.id
  const name = subject?.username ?? 'a deleted user'
  const of = (thing: string) => (isYours ? `your ${thing}` : `the ${thing} of ${name}`)
  const own = actorId !== null && actorId === youId ? 'your' : 'their'
  return {
    actor: actorName(event, { youId, isOwnAction }),
    target: isOwnAction ? (isYours ? 'yourself' : 'themself') : isYours ? 'you' : name,
    account: of('account'),
    of: isOwnAction ? (thing) => `${own} own ${thing}` : of,
    own,
    byAnother: !isOwnAction,
    hasNoAccount: subject === null,
    detail,
  }
}

function actorName(
  { actor, event }: AuditEvent,
  { youId, isOwnAction }: { youId: string | null; isOwnAction: boolean },
): string {
  if (actor.kind === 'system') return 'An operator'
  if (actor.kind === 'anonymous') return 'A visitor'
  if (actor.id === youId) return 'You'
  if (actor.username !== null) return actor.username
  if (isOwnAction) return 'A deleted user'
  // `session-revoked` is a log-in in a browser where another user was logged in.
  return event === 'session-revoked' ? 'Another user' : 'An admin'
}

/** Returns the role in words. Old events may name a removed role, or none: sign-up gives the first role. */
function roleName(role: string | number = roles[0]): string {
  const known = roles.find((each) => each === role)
  return known === undefined ? `a member with the role “${role}”` : roleWords[known].withArticle
}

function endedSessions({ endedSessions: count }: AuditEvent['detail'], noun: string): string {
  if (typeof count !== 'number' || count === 0) return ''
  return `, which ended ${count} ${noun}${count === 1 ? '' : 's'}`
}

/** Old events have no methods. */
function byMethods({ methods }: AuditEvent['detail']): string {
  return typeof methods === 'string' ? ` by ${methodWords(methods.split(' '))}` : ''
}

function countInBrackets({ endedSessions: count }: AuditEvent['detail']): string {
  return typeof count === 'number' ? ` (${count})` : ''
}
