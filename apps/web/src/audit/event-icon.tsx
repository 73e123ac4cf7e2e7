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
  MonitorX,
  ShieldAlert,
  ShieldCheck,
  ShieldX,
  Trash2,
  UserCog,
  UserPlus,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { IconTile } from '../components/icon-tile.tsx'

type Tone = ComponentProps<typeof IconTile>['tone']

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
}

/** A newer server may send other events. */
const iconOf = new Map(Object.entries(icons))

/** Renders the icon of an event. Red is a failed or destructive one, amber a change of access. */
export function EventIcon({ event }: { event: AuditEvent['event'] }) {
  const [icon, tone = 'neutral'] = iconOf.get(event) ?? [CircleQuestionMark]
  return <IconTile icon={icon} tone={tone} />
}
