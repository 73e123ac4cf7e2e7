import type { ServerResponse } from 'node:http'

interface ErrorPage {
  status: number
  title: string
  /** What happened and what the user can do. */
  text: string
  /** A link to follow instead. */
  link?: string
  forOperators?: string
}

/** Returns an error page for requests that do not reach the web app. It loads no other file. */
export function errorPage({ title, text, link, forOperators }: Omit<ErrorPage, 'status'>): string {
  const lines = [
    '<!doctype html>',
    '<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escaped(title)}</title>`,
    `<h1>${escaped(title)}</h1>`,
    `<p>${escaped(text)}</p>`,
    ...(link === undefined ? [] : [`<p><a href="${escaped(link)}">${escaped(link)}</a></p>`]),
    ...(forOperators === undefined ? [] : [`<p>If you run this server: ${escaped(forOperators)}</p>`]),
    '</html>',
    '',
  ]
  return lines.join('\n')
}

/** Answers with an error page that no cache stores. */
export function sendErrorPage(response: ServerResponse, { status, ...page }: ErrorPage): void {
  const body = Buffer.from(errorPage(page))
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }
  response.writeHead(status, { ...headers, 'Content-Length': body.length }).end(body)
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
