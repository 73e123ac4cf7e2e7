import { brotliCompressSync, gzipSync } from 'node:zlib'
import { tagOf } from './built-web.ts'
import type { BuiltFile } from './built-web.ts'

/** The image of a link preview, in the HTML of the build: a path of this server. */
const imagePath = /(<meta property="og:image" content=")(?=\/)/

/** Completes the address of the preview's image, which must be absolute (The Open Graph protocol). */
export function withAbsoluteLinks(page: BuiltFile, publicUrl: string): BuiltFile {
  const html = page.content.toString()
  const content = Buffer.from(html.replace(imagePath, `$1${publicUrl}`))
  if (content.equals(page.content)) return page
  const { br, gzip } = page.encoded
  return {
    ...page,
    content,
    encoded: {
      ...(br === undefined ? {} : { br: brotliCompressSync(content) }),
      ...(gzip === undefined ? {} : { gzip: gzipSync(content, { level: 9 }) }),
    },
    tag: tagOf(content),
  }
}
