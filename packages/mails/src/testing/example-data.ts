import type { MailData, MailKind } from '../mails.ts'

/** The values of users, attackers and operators in the data of mails. */
interface ExampleValues {
  username: string
  address: string
  invitedBy: string | null
  link: string
  accountUrl: string
  ip: string | null
  userAgent: string | null
}

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
const path = 'https://accounts.example.org/confirm?token='

export const exampleValues = {
  usual: {
    username: 'ada',
    address: 'ada@example.org',
    invitedBy: 'ben',
    link: `${path}mT3xkq0Yy1v2hJ8wZ4sLr6Qd9nPfBc5uGaEiXoKtV7M`,
    accountUrl: 'https://accounts.example.org/account',
    ip: '192.0.2.17',
    userAgent: firefox,
  },
  long: {
    username: 'a-name.of-thirty-two-characters.',
    address: `${'a'.repeat(64)}@${'long-label.'.repeat(15)}example.org`,
    invitedBy: 'unbreakable'.repeat(8),
    link: path + 'mT3xkq0Yy1v2hJ8wZ4sLr6Qd9nPfBc5uGaEiXoKtV7M'.repeat(8),
    accountUrl: `https://accounts.example.org/${'folder/'.repeat(20)}account`,
    ip: '2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff',
    userAgent: `x${' Firefox/145.0'.repeat(22)}`,
  },
  bidirectional: {
    username: 'עדה',
    address: 'עדה@example.org',
    invitedBy: 'بن',
    link: `${path}mT3xkq0Yy1v2hJ8wZ4sLr6Qd9nPfBc5uGaEiXoKtV7M`,
    accountUrl: 'https://accounts.example.org/account',
    ip: null,
    userAgent: null,
  },
} as const satisfies Record<string, ExampleValues>

/** Returns data for every kind of mail, for tests and for the component page. */
export function exampleData(values: ExampleValues): { [K in MailKind]: MailData<K> } {
  const { username, address, invitedBy, link, accountUrl, ip, userAgent } = values
  const at = Date.UTC(2026, 10, 28, 14, 5)
  const notice = { username, origin: { at, ip, userAgent } }
  const linked = { ...notice, accountUrl }
  return {
    'verify-address': { ...notice, link, validMinutes: 24 * 60 },
    'address-in-use': notice,
    recovery: { ...notice, link, validMinutes: 30 },
    invitation: { link, invitedBy, expiresAt: Date.UTC(2026, 11, 5, 9, 30) },
    'password-changed': linked,
    'password-reset': linked,
    'recovery-link-issued': { ...notice, by: 'admin' },
    'address-changed': { ...linked, newAddress: address },
    'address-verified': { ...linked, address },
    'address-removed': { ...linked, address },
    'new-device-login': linked,
    'unfinished-login': { ...linked, by: 'password' },
    'sessions-ended': linked,
    'account-disabled': notice,
    'account-closed': { ...notice, by: 'user' },
    'role-changed': { ...notice, from: 'user', to: 'admin' },
    'factor-added': { ...linked, factor: 'passkey', name: username },
    'factor-removed': { ...linked, factor: 'totp', name: null },
    'recovery-codes-replaced': linked,
    'recovery-code-used': { ...linked, left: 3 },
    'factor-reset-requested': { ...linked, by: 'admin', effectiveAt: Date.UTC(2026, 10, 29, 14, 5) },
    'factor-reset-cancelled': linked,
    'factors-reset': linked,
    'identity-linked': { ...linked, provider: 'GitHub', name: username },
    'identity-unlinked': { ...linked, provider: 'GitHub', name: username },
    'token-created': { ...linked, name: username },
    'delivery-test': {},
  }
}

/** Returns the names of all kinds. */
export function mailKinds(): MailKind[] {
  // Sound: the object has these keys only.
  return Object.keys(exampleData(exampleValues.usual)) as MailKind[]
}
