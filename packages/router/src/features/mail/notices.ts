import type { MailData, MailKind } from '@app/mails'
import type { Services } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { queueMail } from './queue.ts'
import type { QueueDeps } from './queue.ts'
import type { MailRequests } from './requests.ts'

export interface NoticeDeps extends QueueDeps, Pick<Services, 'mailMode' | 'publicUrl'> {
  request: { ip: string | null; userAgent: string | null }
}

type NoticeKind = Exclude<
  MailKind,
  'verify-address' | 'address-in-use' | 'recovery' | 'invitation' | 'delivery-test'
>

/** Caused by an admin or operator, whose browser and address users must not see. */
const byOthers: ReadonlySet<NoticeKind> = new Set([
  'recovery-link-issued',
  'sessions-ended',
  'account-disabled',
  'role-changed',
  'factor-reset-requested',
])

/** A user may do without them (setting MAIL_NOTICES). */
const optional: ReadonlySet<NoticeKind> = new Set(['new-device-login', 'unfinished-login', 'role-changed'])

/** Their next step is not in the app. */
const withoutLink: ReadonlySet<NoticeKind> = new Set([
  'recovery-link-issued',
  'account-disabled',
  'account-closed',
  'role-changed',
])

/**
 * Queues a mail that tells the owner of an account what happened to it (ASVS 5.0 6.3.5, 6.3.7, 6.4.5), in the
 * transaction of its cause. Does nothing where no mail is sent.
 * @param address where it goes, if that is no longer, or not yet, the address of the account
 */
export async function notify<K extends NoticeKind>(
  tx: Writer,
  deps: NoticeDeps,
  { id: userId, username }: { id: string; username: string },
  mail: K,
  facts: Omit<MailData<K>, 'username' | 'origin' | 'accountUrl'>,
  address?: string,
): Promise<void> {
  if (deps.mailMode === 'none') return
  const isByOther = byOthers.has(mail) || ('by' in facts && facts.by === 'admin')
  const { ip, userAgent } = isByOther ? { ip: null, userAgent: null } : deps.request
  const data = {
    username,
    origin: { at: deps.clock(), ip, userAgent },
    ...(withoutLink.has(mail) ? {} : { accountUrl: `${deps.publicUrl()}/account` }),
    ...facts,
  }
  const isOptional = optional.has(mail) || undefined
  // Sound: only the kinds of `withoutLink` have no `accountUrl`.
  await queueMail(tx, deps, 'notice', { userId, address, mail, data, isOptional } as MailRequests['notice'])
}
