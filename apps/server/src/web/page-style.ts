import { createHash } from 'node:crypto'
import { pageTokens } from '../http/page-tokens.ts'
import type { BuiltWeb } from './built-web.ts'

/** The style that a page of the server contains, and the sources that its policy allows for it. */
export interface PageStyle {
  css: string
  /** Directives of a Content-Security-Policy. */
  policy: string
}

/** Adds the rules of one page to the style that the server's pages have in common. */
export type StylePage = (rules: string) => PageStyle

/**
 * Returns the common style: what the web app's page has inline for its first frame, so that both look the
 * same. Without a built web app it is the tokens alone.
 */
export function commonStyle(web: BuiltWeb | null): StylePage {
  const html = web?.get('/index.html')?.content.toString() ?? ''
  const [, common = pageTokens] = /<style[^>]*>([^]*?)<\/style>/.exec(html) ?? []
  return (rules) => {
    const css = `${common}\n${rules}`
    const hash = createHash('sha256').update(css).digest('base64')
    return { css, policy: `style-src 'sha256-${hash}'; font-src 'self'` }
  }
}
