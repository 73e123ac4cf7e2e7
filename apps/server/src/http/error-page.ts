import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { product } from '@app/contract/product'
import { errorPageStyle } from './error-page-style.ts'
import { escapeHtml } from './escape-html.ts'
import { markSvg } from './mark-svg.ts'
import { renderedPagePolicy } from './security-headers.ts'

interface ErrorPage {
  status: number
  title: string
  /** What happened and what the user can do. */
  text: string
  /** A link to follow instead. */
  link?: string
  forOperators?: string
}

const styleHash = createHash('sha256').update(errorPageStyle).digest('base64')

/** Headers of every error page. */
export const errorPageHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': renderedPagePolicy(`style-src 'sha256-${styleHash}'`),
  'Content-Type': 'text/html; charset=utf-8',
}

/** Returns an error page for requests that do not reach the web app. It loads no other file. */
export function errorPage({ title, text, link, forOperators }: Omit<ErrorPage, 'status'>): string {
  const lines = [
    '<!doctype html>',
    '<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(title)} · ${escapeHtml(product.name)}</title>`,
    `<style>${errorPageStyle}</style>`,
    '<main>',
    markSvg,
    `<h1>${escapeHtml(title)}</h1>`,
    `<p>${escapeHtml(text)}</p>`,
    ...(link === undefined ? [] : [`<p><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></p>`]),
    ...(forOperators === undefined ? [] : [operatorsNote(forOperators)]),
    '</main>',
    `<footer>${escapeHtml(product.name)}</footer>`,
    '</html>',
    '',
  ]
  return lines.join('\n')
}

/** Answers with an error page that no cache stores. */
export function sendErrorPage(response: ServerResponse, { status, ...page }: ErrorPage): void {
  const body = Buffer.from(errorPage(page))
  response.writeHead(status, { ...errorPageHeaders, 'Content-Length': body.length }).end(body)
}

function operatorsNote(text: string): string {
  return `<aside><p><strong>If you run this server:</strong> ${escapeHtml(text)}</p></aside>`
}
