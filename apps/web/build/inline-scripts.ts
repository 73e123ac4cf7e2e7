import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { minify, transformWithOxc } from 'vite'
import type { Plugin } from 'vite'

/** An element of a page. The development server serves the source under its URL. */
const element = /<script\s+src="\/(src\/[^"]+)"><\/script>/g

/**
 * Writes classic scripts into the page, because modules run after the whole document is parsed. The server
 * allows each by its hash.
 * @param root the folder of `index.html`
 * @param files their paths in it
 */
export function inlineScripts(root: string, files: readonly string[]): Plugin {
  const scripts = new Map<string, string>()
  return {
    name: 'app:inline-scripts',
    apply: 'build',
    async buildStart() {
      for (const path of files) {
        const file = join(root, path)
        this.addWatchFile(file)
        const plain = await transformWithOxc(await readFile(file, 'utf8'), file)
        // Classic scripts share their top-level names, so each source is one block.
        const { code } = await minify(file, plain.code, { module: false })
        scripts.set(path, code.trim())
      }
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        // The theme script preloads the font, unless the connection is slow.
        const font = Object.keys(bundle).find((name) => /\/[\w-]*latin-wght-normal[\w-]*\.woff2$/.test(name))
        const data = font === undefined ? '' : ` data-font="/${font}"`
        return html.replace(element, (tag, path: string) => {
          const script = scripts.get(path)
          return script === undefined ? tag : `<script${data}>${script}</script>`
        })
      },
    },
  }
}
