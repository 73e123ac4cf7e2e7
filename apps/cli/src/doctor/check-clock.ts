import { duration } from '@app/contract/failure-text'
import { askForReport } from './connection-report.ts'
import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'
import type { Subject } from './subject.ts'

const { ok, warn, fail, skipped } = findingsOf('clock')

const noticedMs = 5_000
/** Codes of authenticator apps are accepted one step of 30 seconds early or late (RFC 6238, 5.2). */
const harmfulMs = 30_000

/** Compares the server's clock with that of this machine. */
export async function checkClock(subject: Subject): Promise<Finding> {
  const answer = await askForReport(subject)
  if (answer === null) return skipped('The server does not report its time.')
  const { clockOffsetMs } = answer
  const size = Math.abs(clockOffsetMs)
  if (size < noticedMs) return ok('The clocks of the server and of this machine agree.')
  const direction = clockOffsetMs > 0 ? 'ahead of' : 'behind'
  const text = `The server's clock is ${duration(size / 1_000)} ${direction} that of this machine.`
  const fix = 'On the machine whose time is wrong: timedatectl set-ntp true'
  return size < harmfulMs
    ? warn(text, fix)
    : fail(
        `${text} If the server is wrong, codes of authenticator apps fail, and sessions end at wrong times.`,
        fix,
      )
}
