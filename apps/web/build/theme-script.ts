import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { minify, transformWithOxc } from 'vite'
import type { Plugin } from 'vite'

/** The URL in `index.html`, under which the development server serves the source. */
const address = '/src/theme/before-paint.ts'
const file = fileURLToPath(new URL(`..${address}`, import.meta.url))

/**
 * Builds the script that runs before the first paint. Modules run after the whole document is parsed, so this
 * one is a classic script. It is a file with its hash in the name, because the content security policy
 * forbids inline scripts.
 */
export function themeScript(): Plugin {
  let fileName = ''
  return {
    name: 'app:theme-script',
    apply: 'build',
    async buildStart() {
      this.addWatchFile(file)
      const plain = await transformWithOxc(await readFile(file, 'utf8'), file)
      // A classic script shares its top-level names with all scripts, so the source is one block.
      const { code } = await minify(file, plain.code, { module: false })
      const hash = createHash('sha256').update(code).digest('base64url').slice(0, 8)
      fileName = `assets/theme-${hash}.js`
      this.emitFile({ type: 'asset', fileName, source: code })
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        // The script preloads the font, unless the connection is slow.
        const font = Object.keys(bundle).find((name) => /\/[\w-]*latin-wght-normal[\w-]*\.woff2$/.test(name))
        const data = font === undefined ? '' : ` data-font="/${font}"`
        return html.replace(`src="${address}"`, `src="/${fileName}"${data}`)
      },
    },
  }
}
