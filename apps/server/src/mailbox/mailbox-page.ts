import { createHash } from 'node:crypto'
import { accentColours } from '@app/contract/accent-colours'
import { brand } from '@app/contract/brand'
import { product } from '@app/contract/product'
import type { MailboxMail } from '@app/router'
import { escapeHtml } from '../http/escape-html.ts'

export const mailboxPath = '/dev/mailbox'

/** How often the page loads itself again, in seconds. */
const refreshSeconds = 5

const accent = accentColours(brand.accent)

const style = `
:root { color-scheme: light dark; --soft: light-dark(#565e69, #a4adb8); --line: light-dark(#e3e6ea, #2a2f35); --accent: light-dark(${accent.light}, ${accent.dark}) }
body { margin: 0 auto; max-width: 44rem; padding: 1.5rem; background: light-dark(#f8f9fa, #0f1113); color: light-dark(#14181c, #eceef0); font: 0.9375rem/1.5 ${brand.font}, ${brand.systemFonts}; overflow-wrap: anywhere }
h1 { margin: 0 0 0.25rem; font-size: 1.5rem; font-weight: 600; line-height: 1.3 }
p { margin: 0 0 1rem; color: var(--soft) }
ul { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line) }
li { padding: 0.75rem 0; border-bottom: 1px solid var(--line) }
a { color: var(--accent); font-weight: 500; text-underline-offset: 0.2em }
li p { margin: 0; font-size: 0.8125rem }
`

const styleHash = createHash('sha256').update(style).digest('base64')

/** Headers of the list. It may use its own style, and load, send and run nothing. */
export const mailboxHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
  'Content-Type': 'text/html; charset=utf-8',
}

/** Returns the page that lists the mails, newest first. */
export function mailboxPage(mails: readonly MailboxMail[]): string {
  const title = `Mails of this server · ${escapeHtml(product.name)}`
  return [
    '<!doctype html>',
    '<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<meta http-equiv="refresh" content="${refreshSeconds}">`,
    `<title>${title}</title>`,
    `<style>${style}</style>`,
    '<h1>Mails of this server</h1>',
    '<p>SMTP_URL is not set, so mails are shown here and not sent. They are kept for a day.</p>',
    mails.length === 0 ? '<p>No mails yet.</p>' : `<ul>${mails.map(entry).join('\n')}</ul>`,
    '</html>',
    '',
  ].join('\n')
}

function entry({ id, to, subject, sentAt }: MailboxMail): string {
  const link = `${mailboxPath}/${escapeHtml(id)}`
  const time = new Date(sentAt).toISOString()
  return `<li><a href="${link}">${escapeHtml(subject)}</a><p>To ${escapeHtml(to)}, <time datetime="${time}">${shown(time)}</time> · <a href="${link}/text">Text</a></p></li>`
}

function shown(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`
}
