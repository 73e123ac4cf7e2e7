import type { RawAnswer } from '../support/raw-call.ts'
import type { Outside } from './outside.ts'
import type { Call } from './predict.ts'
import { instantOf } from './servers.ts'

/** Describes a successful response by the fields that the model predicts. */
export function describeResult(outside: Outside, call: Call, answer: RawAnswer): string {
  switch (call.do) {
    case 'sign up':
    case 'log in':
    case 'log in by address': {
      const { user } = dataOf<{ user: { id: string; username: string; role: string } }>(answer)
      if ('username' in call) outside.userIds.set(call.username, user.id)
      return `${user.username} ${user.role}`
    }
    case 'call':
    case 'call by a token': {
      const self = dataOf<{ username: string; role: string } & OwnEmail>(answer)
      return `${self.username} ${self.role} ${addressIn(self)}`
    }
    case 'list sessions': {
      const [current, ...others] = dataOf<{ id: string }[]>(answer).map(
        ({ id }) => outside.sessionIds.indexOf(id) + 1,
      )
      // Sessions of the same millisecond have no order.
      return [current, ...others.toSorted((one, other) => one - other)].join(',')
    }
    case 'change the password':
    case 'end the other sessions':
      return `ended ${dataOf<{ endedSessions: number }>(answer).endedSessions}`
    case 'issue a recovery link': {
      const { link, expiresAt } = dataOf<{ link: string; expiresAt: string }>(answer)
      outside.recoverySecrets.push(secretIn(link))
      return `until ${instantOf(expiresAt)}`
    }
    case 'inspect a recovery link': {
      const { username, expiresAt } = dataOf<{ username: string; expiresAt: string }>(answer)
      return `${username} until ${instantOf(expiresAt)}`
    }
    case 'reset the password': {
      const { username, endedSessions } = dataOf<{ username: string; endedSessions: number }>(answer)
      return `${username} ended ${endedSessions}`
    }
    case 'create an invitation': {
      const { link, invitation } = dataOf<{ link: string; invitation: { id: string; expiresAt: string } }>(
        answer,
      )
      outside.invitations.push({ id: invitation.id, secret: secretIn(link) })
      return `until ${instantOf(invitation.expiresAt)}`
    }
    case 'create a token': {
      const { id, token, expiresAt } = dataOf<{ id: string; token: string; expiresAt: string }>(answer)
      outside.tokens.push({ id, token })
      return `until ${instantOf(expiresAt)}`
    }
    case 'change the name by a token':
      return dataOf<{ username: string }>(answer).username
    case 'enter an address':
    case 'remove the address':
      return addressIn(dataOf<OwnEmail>(answer))
    case 'confirm an address':
      return dataOf<{ email: string }>(answer).email
    default:
      return ''
  }
}

interface OwnEmail {
  email: string | null
  emailVerified: boolean
  pendingEmail: string | null
}

function addressIn({ email, emailVerified, pendingEmail }: OwnEmail): string {
  return `${email ?? 'no address'} ${emailVerified ? 'verified' : '-'} ${pendingEmail ?? '-'}`
}

function secretIn(link: string): string {
  return link.split('#')[1] ?? ''
}

export function dataOf<T>({ text }: RawAnswer): T {
  // Sound: the contract's output type of the called procedure; the model compares the rest.
  return (JSON.parse(text) as { result: { data: T } }).result.data
}
