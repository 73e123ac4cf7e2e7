import type { Device, Username } from './command.ts'
import type { SentMail } from './servers.ts'

/** The devices outside the model. They store cookies and ids, and do not interpret them. */
export interface Outside {
  currentCookie: Record<Device, string | undefined>
  /** Every session cookie so far. */
  cookies: string[]
  userIds: Map<Username, string>
  /** In the order in which the sessions were opened. */
  sessionIds: string[]
  /** In the order in which the links were issued. */
  recoverySecrets: string[]
  invitations: { id: string; secret: string }[]
  /** In the order in which they were created. */
  tokens: { id: string; token: string }[]
  /** Of mailed links that confirm an address. */
  addressSecrets: string[]
}

export function newOutside(): Outside {
  return {
    currentCookie: { laptop: undefined, phone: undefined, tablet: undefined },
    cookies: [],
    userIds: new Map(),
    sessionIds: [],
    recoverySecrets: [],
    invitations: [],
    addressSecrets: [],
    tokens: [],
  }
}

/** Keeps the secrets of mailed links. @returns the mails, in the terms of the model */
export function receive(outside: Outside, mails: readonly SentMail[]): string[] {
  for (const { kind, secret } of mails) {
    if (kind === 'verify-address') outside.addressSecrets.push(secret)
    if (kind === 'recovery') outside.recoverySecrets.push(secret)
  }
  return mails.map(({ kind, to }) => `${kind} to ${to}`)
}
