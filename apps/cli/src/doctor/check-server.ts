import { codeOf } from '../error-causes.ts'
import { checkAddress } from './check-address.ts'
import { checkClock } from './check-clock.ts'
import { checkCookie } from './check-cookie.ts'
import { checkEvents } from './check-events.ts'
import { checkMail } from './check-mail.ts'
import { checkName } from './check-name.ts'
import { checkOrigin } from './check-origin.ts'
import { checkReach } from './check-reach.ts'
import { checkTls } from './check-tls.ts'
import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'
import type { Subject } from './subject.ts'

type Check = (subject: Subject) => Promise<Finding | Finding[]>

/** The checks after the first, in the order of the output. */
const checks: { [name: string]: Check } = {
  tls: checkTls,
  name: checkName,
  address: checkAddress,
  origin: checkOrigin,
  cookie: checkCookie,
  events: checkEvents,
  clock: checkClock,
  mail: checkMail,
}

/** Checks a server from outside, one request after the other. Reports each finding when it is known. */
export async function checkServer(subject: Subject, report: (finding: Finding) => void): Promise<void> {
  const reach = await checkReach(subject)
  for (const finding of reach) report(finding)
  if (reach.some(({ check, status }) => check === 'reach' && status === 'fail')) return
  for (const [name, check] of Object.entries(checks)) {
    for (const finding of await outcomeOf(name, check, subject)) report(finding)
  }
}

async function outcomeOf(name: string, check: Check, subject: Subject): Promise<Finding[]> {
  try {
    return [await check(subject)].flat()
  } catch (error) {
    const code = codeOf(error) ?? String(error)
    return [
      findingsOf(name).fail(
        `The connection broke off (${code}).`,
        'Run it again, and read the log of the proxy.',
      ),
    ]
  }
}
