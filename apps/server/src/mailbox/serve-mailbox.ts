import { readMailbox } from '@app/router'
import type { MailboxMail, Services } from '@app/router'
import { Router } from 'express'
import type { RequestHandler, Response } from 'express'
import { sendErrorPage } from '../http/error-page.ts'
import { renderedPagePolicy } from '../http/security-headers.ts'
import type { StylePage } from '../web/page-style.ts'
import { mailboxPage, mailboxPath } from './mailbox-page.ts'

/**
 * A mail is a separate document without an origin: its HTML runs no script, loads nothing and cannot call
 * the API. A link of it opens the app.
 */
const mailHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': `sandbox allow-top-navigation-by-user-activation allow-popups allow-popups-to-escape-sandbox; ${renderedPagePolicy("style-src 'unsafe-inline'")}`,
  // Browsers show no document that is both sandboxed and isolated from its opener.
  'Cross-Origin-Opener-Policy': 'unsafe-none',
  'Content-Type': 'text/html; charset=utf-8',
}

/**
 * Serves the mails of a development server, which sends none. Only for the mail mode `mailbox`: no other
 * machine reaches such a server, and the host check in front keeps out pages of other sites.
 */
export function serveMailbox(
  services: Pick<Services, 'db' | 'clock' | 'outbox'>,
  stylePage: StylePage,
): RequestHandler {
  const mailbox = Router()
  const { headers, render } = mailboxPage(stylePage)
  mailbox.get(mailboxPath, async (_request, response) => {
    response.set(headers).send(render(await readMailbox(services)))
  })
  mailbox.get(`${mailboxPath}/:id`, async (request, response) => {
    const mail = await findMail(request.params.id, response)
    if (mail !== undefined) response.set(mailHeaders).send(mail.html)
  })
  mailbox.get(`${mailboxPath}/:id/text`, async (request, response) => {
    const mail = await findMail(request.params.id, response)
    if (mail === undefined) return
    const headers = { ...mailHeaders, 'Content-Type': 'text/plain; charset=utf-8' }
    response.set(headers).send(`To: ${mail.to}\nSubject: ${mail.subject}\n\n${mail.text}`)
  })
  return mailbox

  async function findMail(id: string, response: Response): Promise<MailboxMail | undefined> {
    const mail = (await readMailbox(services)).find((each) => each.id === id)
    if (mail === undefined) {
      sendErrorPage(response, {
        status: 404,
        title: 'No such mail',
        text: 'Mails are shown for a day, and the newest 200 only.',
        link: mailboxPath,
      })
    }
    return mail
  }
}
