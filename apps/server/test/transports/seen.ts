import type { Reason } from '@app/contract'
import type { TestApp } from '../../src/testing/test-app.ts'
import { auditRows } from '../support/audit-rows.ts'

/** The end of a call, without the form that one transport gives it. */
export interface Ending {
  outcome: 'ok' | Reason
  /** The output, or the details of the failure. */
  value: unknown
  /** The names of the cookies that the response sets. */
  cookies: readonly string[]
}

/** What a call must do through every transport. */
export interface Seen extends Ending {
  events: readonly unknown[]
}

/** Makes a call, and returns its end and the audit events that it recorded, without what is random. */
export async function seeing(app: TestApp, makeCall: () => Promise<Ending>): Promise<Seen> {
  const before = new Set((await auditRows(app)).map(({ id }) => id))
  const { outcome, value, cookies } = await makeCall()
  const rows = (await auditRows(app)).filter(({ id }) => !before.has(id))
  const events = rows.map(({ event, actor_kind, actor_id, subject, detail, ip, user_agent }) => ({
    event,
    actor_kind,
    isOwn: actor_id === subject,
    detail: anonymous(JSON.parse(detail ?? 'null')),
    ip,
    user_agent,
  }))
  return {
    outcome,
    value: anonymous(value),
    cookies: cookies.map((line) => line.split('=', 1).join('')).toSorted(),
    events: events.toSorted((one, other) => one.event.localeCompare(other.event)),
  }
}

/** Fields whose values are different in each call, and do not show it. */
const randomFields = new Set([
  'secret',
  'uri',
  'url',
  'challenge',
  'recoveryCodes',
  'codes',
  'identifier',
  'stateFingerprint',
  'hint',
])

const randomTexts = [
  [/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'an id'],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a time'],
  // The user id in the options of a passkey.
  [/^[\w-]{22}$/g, 'a user handle'],
  [/user-[\da-f]{12}/g, 'a user'],
  [/(?<![\w-])[\w-]{40,}/g, 'a random text'],
  [/(?<=127\.0\.0\.1:|localhost:)\d+/g, 'a port'],
] as const

function anonymous(value: unknown): unknown {
  if (typeof value === 'string')
    return randomTexts.reduce((text, [pattern, name]) => text.replaceAll(pattern, name), value)
  // Rows of one millisecond come in any order.
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(anonymous(item))).toSorted()
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      randomFields.has(name) ? typeof field : anonymous(field),
    ]),
  )
}
