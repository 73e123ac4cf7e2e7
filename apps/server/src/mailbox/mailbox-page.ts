import { product } from '@app/contract/product'
import type { MailboxMail } from '@app/router'
import { escapeHtml } from '../http/escape-html.ts'
import { headerHtml } from '../http/header-html.ts'
import { renderedPagePolicy } from '../http/security-headers.ts'
import type { StylePage } from '../web/page-style.ts'

export const mailboxPath = '/dev/mailbox'

/** How often the page loads itself again, in seconds. */
const refreshSeconds = 5

const rules = `
main { box-sizing: border-box; width: 100%; max-width: 63rem; margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 1.5rem) }
h1 { margin: 0 0 0.25rem; font-size: 1.625rem; font-weight: 600; line-height: 1.2; letter-spacing: -0.022em }
h1 + p { margin: 0 0 1.5rem }
p { margin: 0; color: var(--ink-soft); text-wrap: pretty }
ul, .empty { margin: 0; padding: 0; border: 1px solid var(--line); border-radius: var(--radius-large); background: var(--surface); list-style: none }
.empty { padding: 2rem 1rem; text-align: center }
li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.125rem 1.5rem; padding: 0.75rem 1rem }
li + li { border-top: 1px solid var(--line) }
li p { font-size: var(--text-small) }
li time { font-variant-numeric: tabular-nums }
li div > a { color: var(--ink) }
`

/** Returns how to render the page that lists the mails, newest first, and its headers. */
export function mailboxPage(stylePage: StylePage) {
  const style = stylePage(rules)
  const name = escapeHtml(product.name)
  const headers = {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': renderedPagePolicy(style.policy),
    'Content-Type': 'text/html; charset=utf-8',
  }
  const render = (mails: readonly MailboxMail[]): string =>
    [
      '<!doctype html>',
      '<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
      `<meta http-equiv="refresh" content="${refreshSeconds}">`,
      `<title>Mails of this server · ${name}</title>`,
      `<style>${style.css}</style>`,
      headerHtml('/'),
      '<main>',
      '<h1>Mails of this server</h1>',
      '<p>SMTP_URL is not set, so mails are shown here and not sent. They are kept for a day.</p>',
      mails.length === 0 ? '<p class="empty">No mails yet.</p>' : `<ul>${mails.map(entry).join('\n')}</ul>`,
      '</main>',
      '</html>',
      '',
    ].join('\n')
  return { headers, render }
}

function entry({ id, to, subject, sentAt }: MailboxMail): string {
  const link = `${mailboxPath}/${escapeHtml(id)}`
  const time = new Date(sentAt).toISOString()
  return `<li><div><a href="${link}">${escapeHtml(subject)}</a><p>To ${escapeHtml(to)}</p></div><p><time datetime="${time}">${shown(time)}</time> · <a href="${link}/text">Text</a></p></li>`
}

function shown(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`
}
