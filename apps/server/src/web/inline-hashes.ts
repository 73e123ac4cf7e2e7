import { createHash } from 'node:crypto'
import type { InlineHashes } from '../http/security-headers.ts'

const inlineScript = /<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g
const inlineStyle = /<style[^>]*>([^]*?)<\/style>/g

/**
 * Returns the hash sources of the inline scripts and styles of a page that this server's own build made. They
 * are read at the start, so that the policy allows what the page contains and nothing else.
 */
export function inlineHashes(html: string): InlineHashes {
  return { 'script-src': hashesOf(html, inlineScript), 'style-src': hashesOf(html, inlineStyle) }
}

function hashesOf(html: string, element: RegExp): string[] {
  return [...html.matchAll(element)].map(([, code = '']) => {
    return `'sha256-${createHash('sha256').update(code).digest('base64')}'`
  })
}
