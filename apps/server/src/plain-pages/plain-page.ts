import type { ServerResponse } from 'node:http'
import { product } from '@app/contract/product'
import { escapeHtml } from '../http/escape-html.ts'
import { headerHtml } from '../http/header-html.ts'
import { markSvg } from '../http/mark-svg.ts'
import { renderedPagePolicy } from '../http/security-headers.ts'
import type { StylePage } from '../web/page-style.ts'
import { plainPaths } from './plain-paths.ts'

/** What the forms of the web app's index.html do not have. */
const rules = `
#root > footer { padding: var(--space-5); color: var(--ink-soft); font-size: var(--text-small); text-align: center }
.app-early { text-align: center }
.app-early-card { display: grid; gap: var(--space-4); text-align: start }
.app-early-card > p { padding: var(--space-3); border: 1px solid var(--line); border-radius: var(--radius) }
.app-early-card > [role=alert] { border-color: var(--danger-line); background: var(--danger-wash) }
.app-early-card > [role=status] { border-color: var(--success-line); background: var(--success-wash) }
.app-early-check [type=radio]:not(:checked) { border-radius: 50% }
.app-early-help + .app-early-help { margin-top: 0 }
dl { display: grid; grid-template-columns: minmax(auto, 8rem) minmax(0, 1fr); gap: var(--space-3) var(--space-4) }
dt { color: var(--ink-soft) }
dd { font-weight: var(--medium) }
`

export interface PlainPage {
  title: string
  /** What the page is for. */
  lead?: string
  /** Why the last form failed. */
  problem?: string | undefined
  /** What the last form did. */
  done?: string | undefined
  /** HTML whose texts are escaped: a form, or facts. */
  card?: string
  /** HTML whose texts are escaped: where else users can go. */
  links: readonly string[]
}

/** Returns a function that sends pages that work without scripts, composed like the web app's early forms. */
export function plainPageSender(stylePage: StylePage) {
  const style = stylePage(rules)
  const headers = {
    'Cache-Control': 'no-store',
    // Its forms go to this server only.
    'Content-Security-Policy': renderedPagePolicy(style.policy, "'self'"),
    'Content-Type': 'text/html; charset=utf-8',
    // With `no-referrer` its forms would send `Origin: null`, and on plain http nothing else says their site.
    'Referrer-Policy': 'same-origin',
  }
  return (response: ServerResponse, status: number, page: PlainPage): void => {
    const body = Buffer.from(plainHtml(page, style.css))
    response.writeHead(status, { ...headers, 'Content-Length': body.length }).end(body)
  }
}

function plainHtml({ title, lead, problem, done, card, links }: PlainPage, css: string): string {
  const inCard = [
    ...(problem === undefined ? [] : [`<p role="alert">${escapeHtml(problem)}</p>`]),
    ...(done === undefined ? [] : [`<p role="status">${escapeHtml(done)}</p>`]),
    ...(card === undefined ? [] : [card]),
  ]
  const name = escapeHtml(product.name)
  return [
    '<!doctype html>',
    '<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(title)} · ${name}</title>`,
    `<style>${css}</style>`,
    '<div id="root">',
    headerHtml(plainPaths.account),
    '<main class="app-early" data-entrance>',
    markSvg,
    `<h1>${escapeHtml(title)}</h1>`,
    ...(lead === undefined ? [] : [`<p class="app-early-lead">${escapeHtml(lead)}</p>`]),
    ...(inCard.length === 0 ? [] : ['<div class="app-early-card">', ...inCard, '</div>']),
    ...links.map((link) => `<p class="app-early-help">${link}</p>`),
    '</main>',
    `<footer>${name}</footer>`,
    '</div>',
    '</html>',
    '',
  ].join('\n')
}
