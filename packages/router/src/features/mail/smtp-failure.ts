import type { NodemailerError } from 'nodemailer'
import type { SmtpServer } from '../../settings/smtp-url.ts'
import { hangProblem, isPolicy, problemOf } from './smtp-problem.ts'
import type { Delivery } from './transport.ts'

export const impossibleAddress: Delivery = {
  status: 'refused',
  problem: 'The address is not one that mail can be sent to.',
}

export const stopped: Delivery = {
  status: 'failed',
  problem: 'The server stopped before the mail was delivered.',
}

export function timedOut(server: SmtpServer): Delivery {
  return { status: 'failed', problem: hangProblem(server) }
}

/**
 * Decides whether an error is the end of a mail. It is if the server refuses the recipient or the mail for
 * good. All else can be a fault of the settings or of the moment, also if the code says "for good": a wrong
 * password, no encryption, and what the server's policy forbids (RFC 3463, X.7.X: no relaying without log-in,
 * no signature of the sender).
 */
export function failedDelivery(error: unknown, server: SmtpServer): Delivery {
  const known: NodemailerError = error instanceof Error ? error : new Error(String(error))
  const isOfThisMail = known.command === 'RCPT TO' || known.command === 'DATA'
  const isRefused = known.permanent === true && isOfThisMail && !isPolicy(known)
  return { status: isRefused ? 'refused' : 'failed', problem: problemOf(known, server) }
}
