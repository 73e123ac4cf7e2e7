import type { PagePath } from '@app/contract'
import type { RequestHandler } from 'express'

/** The pages that make sense without a session. */
const publicPages: readonly PagePath[] = ['/', '/login', '/signup']
/** What crawlers load to show these pages. `$` is the end of a path, `*` any text (RFC 9309, 2.2.3). */
const files = ['/assets/', '/*.svg$', '/*.png$', '/*.ico$', '/*.webmanifest$']

const content = [
  'User-agent: *',
  ...publicPages.map((page) => `Allow: ${page}$`),
  ...files.map((path) => `Allow: ${path}`),
  'Disallow: /',
  '',
].join('\n')

/** Serves the rules for crawlers: the public pages are allowed, all other paths are not (RFC 9309). */
export const robotsTxt: RequestHandler = (_request, response) => {
  response.set('Cache-Control', 'no-cache').type('text/plain; charset=utf-8').send(content)
}
