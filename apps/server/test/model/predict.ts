import {
  endAddressLinks,
  endIssuedLinks,
  endLinks,
  endSessions,
  endTokens,
  isAlive,
  liveSessions,
  openSession,
  ownerOf,
  reissue,
  removeAccount,
  sessionOf,
} from './account-model.ts'
import type { World } from './account-model.ts'
import type { By, Command, Username } from './command.ts'
import {
  askForLink,
  confirmAddress,
  enterAddress,
  removeAddress,
  requestRecovery,
  shownAddress,
} from './predict-addresses.ts'
import {
  acceptInvitation,
  createInvitation,
  inspectLink,
  issueLink,
  resetPassword,
  revokeInvitation,
} from './predict-links.ts'
import { callByToken, createToken, revokeToken } from './predict-tokens.ts'
import { administrated, clear, give, keepAnAdmin, prove, Refused, signedIn, sudo, userOf } from './visit.ts'
import type { Visit } from './visit.ts'

/** The visible result of a step. */
export interface Outcome {
  /** `ok` and the result, or the reason of the failure. */
  answer: string
  /** The effect on the device's session cookie. */
  cookie: string
}

export type Call = Extract<Command, { by: By }>

/** Applies one call to the model. @returns its expected result */
export function predict(world: World, call: Call): Outcome {
  const visit = { world, pass: world.currentPass[call.by.device], cookie: 'kept' }
  let answer: string
  try {
    answer = act(visit, call)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    answer = error.message
  }
  // One response sets one cookie: a renewal that the same call replaces is not visible.
  if (visit.pass !== null && visit.cookie !== 'kept') world.passes.push(visit.pass)
  world.currentPass[call.by.device] = visit.pass
  return { answer, cookie: visit.cookie }
}

function act(visit: Visit, call: Call): string {
  const { world } = visit
  switch (call.do) {
    case 'sign up': {
      const accept = acceptInvitation(world, call.invitation)
      if (world.users.has(call.username) || world.retired.has(call.username))
        throw new Refused('USERNAME_TAKEN')
      world.users.set(call.username, { password: 0, role: 'user', disabled: false })
      accept()
      return letIn(visit, call)
    }
    case 'log in':
    case 'log in by address': {
      const username = call.do === 'log in' ? call.username : ownerOf(world, call.address)
      const user = username === undefined ? undefined : world.users.get(username)
      if (username === undefined || user?.disabled !== false || call.password === 'wrong')
        throw new Refused('INVALID_CREDENTIALS')
      return letIn(visit, { username, remember: call.remember })
    }
    case 'call': {
      const { username } = signedIn(visit)
      return `ok ${username} ${userOf(world, username).role} ${shownAddress(world, username)}`
    }
    case 'log out': {
      const session = sessionOf(world, visit.pass)
      if (typeof session !== 'string') session.ended = true
      clear(visit)
      return 'ok'
    }
    case 'list sessions': {
      const own = signedIn(visit)
      const others = liveSessions(world, own.username).filter((session) => session !== own)
      return `ok ${[own, ...others].map(({ number }) => number).join(',')}`
    }
    case 'elevate': {
      const session = signedIn(visit)
      prove(call.password)
      session.authenticatedAt = world.now
      give(visit, reissue(world, session))
      return 'ok'
    }
    case 'change the password': {
      const session = signedIn(visit)
      prove(call.password)
      const user = userOf(world, session.username)
      user.password = user.password === 0 ? 1 : 0
      endLinks(world, session.username)
      endAddressLinks(world, session.username)
      give(visit, reissue(world, session))
      return `ok ended ${endSessions(world, session.username, session)}`
    }
    case 'end a session': {
      const session = sudo(visit)
      const target = world.sessions.at(-1 - call.which)
      if (target?.username !== session.username || !isAlive(world, target)) throw new Refused('NOT_FOUND')
      target.ended = true
      if (target === session) clear(visit)
      return 'ok'
    }
    case 'end the other sessions': {
      const session = sudo(visit)
      return `ok ended ${endSessions(world, session.username, session)}`
    }
    case 'close the account': {
      const { username } = sudo(visit)
      keepAnAdmin(world, username)
      removeAccount(world, username)
      clear(visit)
      return 'ok'
    }
    case 'set the role': {
      const target = administrated(visit, call.username)
      if (target.role === call.role) return 'ok'
      keepAnAdmin(world, call.username)
      target.role = call.role
      if (call.role === 'user') endIssuedLinks(world, call.username)
      return 'ok'
    }
    case 'disable': {
      const target = administrated(visit, call.username)
      if (target.disabled) return 'ok'
      keepAnAdmin(world, call.username)
      target.disabled = true
      endSessions(world, call.username)
      endTokens(world, call.username)
      endLinks(world, call.username)
      endAddressLinks(world, call.username)
      endIssuedLinks(world, call.username)
      return 'ok'
    }
    case 'enable':
      administrated(visit, call.username).disabled = false
      return 'ok'
    case 'end all sessions of':
      administrated(visit, call.username)
      endSessions(world, call.username)
      return 'ok'
    case 'remove':
      administrated(visit, call.username)
      keepAnAdmin(world, call.username)
      removeAccount(world, call.username)
      return 'ok'
    case 'issue a recovery link':
      return issueLink(visit, call.username)
    case 'inspect a recovery link':
      return inspectLink(world, call.which)
    case 'reset the password':
      return resetPassword(world, call.which)
    case 'create an invitation':
      return createInvitation(visit)
    case 'revoke an invitation':
      return revokeInvitation(visit, call.which)
    case 'enter an address':
      return enterAddress(visit, call.address)
    case 'ask for the link again':
      return askForLink(visit)
    case 'remove the address':
      return removeAddress(visit)
    case 'confirm an address':
      return confirmAddress(world, call.which)
    case 'create a token':
      return createToken(visit, call)
    case 'revoke a token':
      return revokeToken(visit, call.which)
    case 'call by a token':
    case 'change the name by a token':
      return callByToken(world, { which: call.which, isChange: call.do !== 'call by a token' })
    case 'request a recovery mail':
      return requestRecovery(world, call.name)
  }
}

/** A browser has one session: the session of the request ends. */
function letIn(visit: Visit, { username, remember }: { username: Username; remember: boolean }): string {
  const { world } = visit
  const present = sessionOf(world, visit.pass)
  if (typeof present !== 'string') present.ended = true
  give(visit, openSession(world, username, remember))
  return `ok ${username} ${userOf(world, username).role}`
}
