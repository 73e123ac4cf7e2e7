import type { FactorResetRequested, IssuedLink } from '@app/contract'
import type * as z from 'zod/mini'

/** The links that an admin hands over to a user in person. */
export type IssuedLinkKind = 'recovery' | 'factor-reset'

export type Issued = z.infer<typeof IssuedLink> | z.infer<typeof FactorResetRequested>

interface IssuedLinkTexts {
  menuLabel: string
  /** `check`: what the admin does before. */
  question: { title: string; what: string; check: string; confirm: string }
  /** The title above the link. */
  title: string
  /** Names the link in the accessible name of its button. */
  label: string
  /** What NOT_FOUND means if the account still exists; undefined where it cannot mean that. */
  notPossible?: string
}

const linkTexts: Readonly<Record<IssuedLinkKind, (name: string) => IssuedLinkTexts>> = {
  recovery: (name) => ({
    menuLabel: 'Create recovery link',
    question: {
      title: `Create a recovery link for ${name}?`,
      what: `With the link, ${name} chooses a new password and is logged out everywhere.`,
      check: `Check first that the request really comes from ${name}: anyone who gets the link can take over the account.`,
      confirm: 'Create link',
    },
    title: `Recovery link for ${name}`,
    label: 'recovery link',
  }),
  'factor-reset': (name) => ({
    menuLabel: 'Reset second factors',
    question: {
      title: `Reset the second factors of ${name}?`,
      what: `For users who lost their authenticator app, passkeys and recovery codes. You get a link. After a waiting time, a log-in of ${name} with the link removes them all and ends all sessions. ${name} gets a notice and can cancel it.`,
      check: `Check first that the request really comes from ${name}.`,
      confirm: 'Request reset',
    },
    title: `Reset link for ${name}`,
    label: 'reset link',
    notPossible: `${name} has no second factor, or cannot log in.`,
  }),
}

export function issuedLinkTexts(kind: IssuedLinkKind, name: string): IssuedLinkTexts {
  return linkTexts[kind](name)
}
