import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { accentColours } from '@app/contract/accent-colours'
import { brand } from '@app/contract/brand'
import { product } from '@app/contract/product'
import { errorPageStyle } from '../http/error-page-style.ts'
import { escapeHtml } from '../http/escape-html.ts'

const accent = accentColours(brand.accent)

const style = `${errorPageStyle}
form, dl { margin: 1.5rem 0; text-align: start }
label, dt { display: block; margin-top: 1rem; font-weight: 500 }
dd { margin: 0; color: var(--soft) }
input:not([type=checkbox], [type=radio]) { box-sizing: border-box; width: 100%; padding: 0.5rem; font: inherit; border: 1px solid var(--soft); border-radius: ${brand.radius / 16}rem; background: light-dark(#fff, #181b1e); color: inherit }
button { width: 100%; margin-top: 1.5rem; padding: 0.6rem; font: inherit; font-weight: 500; border: 1px solid transparent; border-radius: ${brand.radius / 16}rem; background: var(--accent); color: light-dark(#fff, ${accent.onDark}); cursor: pointer }
[role=alert], [role=status] { padding: 0.75rem; border: 1px solid var(--soft); border-radius: ${brand.radius / 16}rem; color: inherit; text-align: start }
`

const styleHash = createHash('sha256').update(style).digest('base64')

const headers = {
  'Cache-Control': 'no-store',
  // Its forms go to this server only, and it runs no script.
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'Content-Type': 'text/html; charset=utf-8',
  // With `no-referrer` its forms would send `Origin: null`, and on plain http nothing else says their site.
  'Referrer-Policy': 'same-origin',
}

export interface PlainPage {
  title: string
  /** Why the last form failed. */
  problem?: string | undefined
  /** What the last form did. */
  done?: string | undefined
  /** HTML whose texts are escaped. */
  content: string
}

/** Sends a page that works without scripts. */
export function sendPlainPage(response: ServerResponse, status: number, page: PlainPage): void {
  const { title, problem, done, content } = page
  const lines = [
    '<!doctype html>',
    '<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(title)} · ${escapeHtml(product.name)}</title>`,
    `<style>${style}</style>`,
    '<main>',
    `<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8"/><path d="${escapeHtml(brand.mark)}"/></svg>`,
    `<h1>${escapeHtml(title)}</h1>`,
    ...(problem === undefined ? [] : [`<p role="alert">${escapeHtml(problem)}</p>`]),
    ...(done === undefined ? [] : [`<p role="status">${escapeHtml(done)}</p>`]),
    content,
    '</main>',
    `<footer>${escapeHtml(product.name)}</footer>`,
    '</html>',
    '',
  ]
  const body = Buffer.from(lines.join('\n'))
  response.writeHead(status, { ...headers, 'Content-Length': body.length }).end(body)
}
