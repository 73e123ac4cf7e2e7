import type { AuditEvent } from '@app/contract'
import type { Parts } from './sentence-parts.ts'

/** The sentences about second factors and outside accounts. */
export const factorSentences = {
  'second-factor-failed': ({ account }: Parts) => `A second factor for ${account} was wrong.`,
  'second-factor-limited': ({ account }: Parts) =>
    `Too many wrong second factors for ${account}: no more were accepted for a while.`,
  'totp-added': ({ actor, own }: Parts) => `${actor} added an authenticator app to ${own} account.`,
  'totp-removed': ({ actor, own }: Parts) => `${actor} removed the authenticator app of ${own} account.`,
  'passkey-added': ({ actor, own, detail }: Parts) =>
    `${actor} added ${passkeyName(detail)} to ${own} account.`,
  'passkey-renamed': ({ actor, own, detail }: Parts) =>
    `${actor} renamed ${passkeyName(detail)} of ${own} account.`,
  'passkey-removed': ({ actor, own, detail }: Parts) =>
    `${actor} removed ${passkeyName(detail)} of ${own} account.`,
  'passkey-cloned': ({ account, detail }: Parts) =>
    `A copy of ${passkeyName(detail)} of ${account} was rejected: its counter was behind.`,
  'recovery-codes-created': ({ actor, own }: Parts) => `${actor} created recovery codes for ${own} account.`,
  'recovery-code-used': ({ account }: Parts) => `A recovery code of ${account} was used.`,
  'factor-reset-requested': ({ actor, account }: Parts) =>
    `${actor} requested the removal of all second factors of ${account}.`,
  'factor-reset-cancelled': ({ account }: Parts) =>
    `The removal of all second factors of ${account} was cancelled.`,
  'factors-reset': ({ account }: Parts) => `All second factors of ${account} were removed, as requested.`,
  'identity-linked': ({ actor, own, detail }: Parts) =>
    `${actor} linked ${providerName(detail)} to ${own} account.`,
  'identity-unlinked': ({ actor, own, detail }: Parts) =>
    `${actor} unlinked ${providerName(detail)} from ${own} account.`,
  'identity-link-failed': ({ actor, own, detail }: Parts) =>
    `${actor} failed to link ${providerName(detail)} to ${own} account.`,
  'second-factor-asked': ({ account, detail }: Parts) =>
    `${detail['method'] === 'oidc' ? 'An outside account' : 'The right password'} for ${account} was given, and a second factor was asked for.`,
}

const methodWords: ReadonlyMap<string, string> = new Map([
  ['otp', 'a code of the authenticator app'],
  ['recovery', 'a recovery code'],
  ['passkey', 'a passkey'],
  ['oidc', 'an outside account'],
])

/** Names what the actor confirmed their identity with. Old events have no method. */
export function confirmedBy({ method = 'pwd' }: AuditEvent['detail'], own: string): string {
  const words = methodWords.get(String(method))
  return words === undefined ? `${own} password` : `${own} identity by ${words}`
}

/** Users choose the names of their passkeys. */
function passkeyName({ name }: AuditEvent['detail']): string {
  return name === undefined ? 'a passkey' : `the passkey “${name}”`
}

function providerName({ provider }: AuditEvent['detail']): string {
  return provider === undefined ? 'an outside account' : `an account at ${provider}`
}
