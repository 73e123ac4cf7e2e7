import type { SmtpServer } from '../../settings/smtp-url.ts'
import { failedDelivery, timedOut } from './smtp-failure.ts'
import { openPool, smtpTimeouts } from './smtp-transport.ts'
import type { Delivery } from './transport.ts'

/** Connects to the mail server with the settings, encrypts and logs in, and sends no mail. */
export async function checkMailServer(server: SmtpServer): Promise<Delivery> {
  const { createTransport } = await import('nodemailer')
  const connections = openPool(createTransport, server, smtpTimeouts)
  const late = Promise.withResolvers<Delivery>()
  const timer = setTimeout(() => late.resolve(timedOut(server)), smtpTimeouts.delivery)
  try {
    const verified = connections.verify().then((): Delivery => ({ status: 'sent' }))
    return await Promise.race([verified, late.promise])
  } catch (error) {
    return failedDelivery(error, server)
  } finally {
    clearTimeout(timer)
    connections.close({ force: true })
  }
}
