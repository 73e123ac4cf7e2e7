import { type AuditEvent, type AuditEventName, auditEvents, roles, roleWords } from '@app/contract'

/**
 * What an event says to a person: "You logged in.", "grace made you an administrator.", "ada changed their password."
 * @param youId the reader, who is called "you"; null calls everybody by name
 */
export function eventSentence(event: AuditEvent, youId: string | null): string {
  return isKnown(event.event) ? sentences[event.event](partsOf(event, youId)) : unknownEvent(event)
}

/** What sentences are made of. Verbs are in the past, where "you" and names take the same form. */
interface Parts {
  /** Who did it, as a sentence begins: user names are written as they are. */
  who: string
  /** Whom it was done to, where the sentence has named who did it. */
  whom: string
  /** "your account", "the account of ada". */
  account: string
  /** A thing of whom it was done to, where the sentence has named who did it. */
  of: (thing: string) => string
  /** The same thing, where the owner did it: "your", "their". */
  own: string
  /** Whether it is somebody else's account than that of who did it. */
  byAnother: boolean
  /** Whether it is nobody's account: a name was typed that nobody has. */
  ofNobody: boolean
  detail: AuditEvent['detail']
}

/** An event that is added to the contract does not compile here until it has a sentence. */
const sentences: Record<AuditEventName, (parts: Parts) => string> = {
  signup: ({ who }) => `${who} signed up.`,
  'account-created': ({ who, account, detail }) =>
    `${who} created ${account}, as ${roleName(detail['role'])}${'reusedName' in detail ? ', with the user name of a closed account' : ''}.`,
  login: ({ who }) => `${who} logged in.`,
  'login-failed': ({ account, ofNobody }) =>
    ofNobody ? 'A log-in failed: nobody has that user name.' : `A log-in to ${account} failed.`,
  logout: ({ who }) => `${who} logged out.`,
  elevated: ({ who, own }) => `${who} confirmed ${own} password.`,
  'elevation-failed': ({ who, own }) => `${who} failed to confirm ${own} password.`,
  'password-changed': ({ who, own, detail }) =>
    `${who} changed ${own} password${endedSessions(detail, 'other session')}.`,
  'password-change-failed': ({ who, own }) =>
    `${who} failed to change ${own} password: the current one was wrong.`,
  'role-changed': ({ who, whom, detail }) => `${who} made ${whom} ${roleName(detail['to'])}.`,
  'password-limited': ({ account, ofNobody, detail }) =>
    detail['per'] === 'address'
      ? 'Too many wrong passwords from one address: no more were accepted from there for a while.'
      : `Too many wrong passwords for ${ofNobody ? 'a user name that nobody has' : account}: no more were accepted for a while.`,
  'password-spraying': ({ detail }) =>
    `Wrong passwords for ${detail['accounts'] ?? 'many'} accounts from ${detail['addresses'] ?? 'many'} addresses within ten minutes: somebody may be trying common passwords.`,
  'account-unlocked': ({ who, of }) => `${who} opened ${of('account')} again after too many wrong passwords.`,
  // Another person did it by logging in where that session was.
  'session-revoked': ({ who, of, byAnother, own }) =>
    byAnother
      ? `${who} logged in where one of ${of('sessions')} was, which ended it.`
      : `${who} ended one of ${own} sessions.`,
  'sessions-revoked': ({ who, of, byAnother, own, detail }) =>
    `${who} ended all ${byAnother ? of('sessions') : `${own} other sessions`}${inBrackets(detail)}.`,
  disabled: ({ who, of, detail }) => `${who} disabled ${of('account')}${endedSessions(detail, 'session')}.`,
  enabled: ({ who, of }) => `${who} enabled ${of('account')} again.`,
  exported: ({ who, own }) => `${who} exported ${own} data.`,
  closed: ({ who, own }) => `${who} closed ${own} account.`,
  removed: ({ who, of }) => `${who} removed ${of('account')}.`,
}

function isKnown(event: string): event is AuditEventName {
  return auditEvents.some((known) => known === event)
}

/** A newer server beside the one that sent this page may know more events. */
function unknownEvent({ event }: AuditEvent): string {
  return `Something that this page has no words for yet: ${event}.`
}

function partsOf(event: AuditEvent, youId: string | null): Parts {
  const { actor, subject, detail } = event
  const actorId = actor.kind === 'user' ? actor.id : null
  const isYours = subject?.id === youId
  const isOwnDeed = actorId !== null && actorId === subject?.id
  // Without a name an account is gone, or its name is not for everybody to see.
  const name = subject?.username ?? 'somebody unnamed'
  const of = (thing: string) => (isYours ? `your ${thing}` : `the ${thing} of ${name}`)
  const own = actorId !== null && actorId === youId ? 'your' : 'their'
  return {
    who: actorName(event, { youId, isOwnDeed }),
    whom: isOwnDeed ? (isYours ? 'yourself' : 'themself') : isYours ? 'you' : name,
    account: of('account'),
    of: isOwnDeed ? (thing) => `${own} own ${thing}` : of,
    own,
    byAnother: !isOwnDeed,
    ofNobody: subject === null,
    detail,
  }
}

function actorName(
  { actor, event }: AuditEvent,
  { youId, isOwnDeed }: { youId: string | null; isOwnDeed: boolean },
): string {
  if (actor.kind === 'system') return 'The command line'
  if (actor.kind === 'anonymous') return 'Somebody'
  if (actor.id === youId) return 'You'
  if (actor.username !== null) return actor.username
  // But for a log-in in a browser where somebody else was signed in, only administrators do something to others.
  return isOwnDeed || event === 'session-revoked' ? 'Somebody unnamed' : 'An administrator'
}

/** An old event may name a role that has been removed since; without one it is the role that a sign-up gives. */
function roleName(role: string | number = roles[0]): string {
  const known = roles.find((each) => each === role)
  return known === undefined ? `a member with the role “${role}”` : roleWords[known].withArticle
}

function endedSessions({ endedSessions: count }: AuditEvent['detail'], noun: string): string {
  if (typeof count !== 'number' || count === 0) return ''
  return `, which ended ${count} ${noun}${count === 1 ? '' : 's'}`
}

function inBrackets({ endedSessions: count }: AuditEvent['detail']): string {
  return typeof count === 'number' ? ` (${count})` : ''
}
