import type { Letter } from '../letter/letter.ts'
import type { Texts } from '../texts/texts.ts'

export interface InvitationData {
  link: string
  /** The user name of the admin, or null for an operator. */
  invitedBy: string | null
  /** Milliseconds since 1970 UTC. */
  expiresAt: number
}

/** Invites the owner of an address to create an account. */
export function invitation({ link, invitedBy, expiresAt }: InvitationData, texts: Texts): Letter {
  const { subject, preview, body, button, closing, footer } = texts.invitation
  return {
    subject,
    preview,
    body: body(invitedBy, expiresAt),
    action: { label: button, url: link, look: 'primary' },
    closing: [closing],
    footer,
  }
}
