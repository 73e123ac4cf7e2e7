import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { minify, transformWithOxc } from 'vite'
import type { Plugin } from 'vite'

/** As `index.html` names it; the server for development serves it from there as it is. */
const address = '/src/theme/before-paint.ts'
const file = fileURLToPath(new URL(`..${address}`, import.meta.url))

/**
 * Builds the script that runs before the first paint. Everything else is a module, and modules wait for the
 * whole document; this one is a plain script with its hash in its name, because the content security policy
 * allows nothing inline.
 */
export function themeScript(): Plugin {
  let fileName = ''
  return {
    name: 'app:theme-script',
    apply: 'build',
    async buildStart() {
      this.addWatchFile(file)
      const plain = await transformWithOxc(await readFile(file, 'utf8'), file)
      // Names at the top would be everybody's: the source is one block.
      const { code } = await minify(file, plain.code, { module: false })
      const hash = createHash('sha256').update(code).digest('base64url').slice(0, 8)
      fileName = `assets/theme-${hash}.js`
      this.emitFile({ type: 'asset', fileName, source: code })
    },
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace(address, `/${fileName}`),
    },
  }
}
