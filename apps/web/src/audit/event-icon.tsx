import type { AuditEvent, AuditEventName } from '@app/contract'
import {
  Ban,
  CircleCheck,
  CircleQuestionMark,
  Download,
  KeyRound,
  LockOpen,
  LogIn,
  LogOut,
  Mail,
  MailCheck,
  MailPlus,
  MailX,
  MonitorX,
  ShieldAlert,
  ShieldCheck,
  ShieldX,
  Trash2,
  UserCog,
  UserPlus,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { IconTile } from '../components/icon-tile.tsx'
import type { Tone } from '../components/tone.ts'

/** A new event of the contract does not compile until it has an icon. */
const icons: Readonly<Record<AuditEventName, readonly [icon: LucideIcon, tone?: Tone]>> = {
  signup: [UserPlus, 'accent'],
  'account-created': [UserPlus, 'accent'],
  login: [LogIn],
  'login-failed': [ShieldX, 'danger'],
  logout: [LogOut],
  elevated: [ShieldCheck],
  'elevation-failed': [ShieldX, 'danger'],
  'password-changed': [KeyRound, 'warning'],
  'password-change-failed': [ShieldX, 'danger'],
  'role-changed': [UserCog, 'warning'],
  'password-limited': [ShieldAlert, 'danger'],
  'password-spraying': [ShieldAlert, 'danger'],
  'account-unlocked': [LockOpen],
  'session-revoked': [MonitorX],
  'sessions-revoked': [MonitorX],
  disabled: [Ban, 'danger'],
  enabled: [CircleCheck, 'success'],
  exported: [Download],
  closed: [Trash2, 'danger'],
  removed: [Trash2, 'danger'],
  'email-entered': [Mail],
  'email-verified': [MailCheck, 'success'],
  'email-removed': [MailX, 'warning'],
  'recovery-requested': [KeyRound],
  'recovery-link-issued': [KeyRound, 'warning'],
  'password-reset': [KeyRound, 'warning'],
  'invitation-created': [MailPlus],
  'invitation-revoked': [MailX],
  'invitation-accepted': [UserPlus, 'accent'],
  'second-factor-failed': [ShieldX, 'danger'],
  'second-factor-limited': [ShieldAlert, 'danger'],
  'totp-added': [ShieldCheck, 'success'],
  'totp-removed': [ShieldX, 'warning'],
  'passkey-added': [KeyRound, 'success'],
  'passkey-renamed': [KeyRound],
  'passkey-removed': [KeyRound, 'warning'],
  'passkey-cloned': [ShieldAlert, 'danger'],
  'recovery-codes-created': [KeyRound],
  'recovery-code-used': [KeyRound, 'warning'],
  'factor-reset-requested': [ShieldAlert, 'warning'],
  'factor-reset-cancelled': [ShieldCheck],
  'factors-reset': [ShieldX, 'warning'],
  'identity-linked': [UserPlus, 'success'],
  'identity-unlinked': [UserPlus, 'warning'],
  'identity-link-failed': [ShieldX, 'danger'],
  'second-factor-asked': [LogIn],
  'token-created': [KeyRound, 'warning'],
  'token-revoked': [KeyRound],
}

/** A newer server may send other events. */
const iconOf = new Map(Object.entries(icons))

/** Renders the icon of an event. Red is a failed or destructive one, amber a change of access. */
export function EventIcon({ event }: { event: AuditEvent['event'] }) {
  const [icon, tone = 'neutral'] = iconOf.get(event) ?? [CircleQuestionMark]
  return <IconTile icon={icon} tone={tone} />
}
