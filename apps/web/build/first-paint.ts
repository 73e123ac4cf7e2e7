import { build } from 'vite'
import type { Plugin, PluginOption } from 'vite'

const module = /\/src\/first-paint\.ts$/

/**
 * Writes the styles of `src/first-paint.ts` into the page and moves the style sheet of the app behind its
 * content, which browsers draw before they load it. The server allows the styles by their hash.
 * @param root the folder of `index.html`
 * @param plugins returns the plugins that the styles need
 */
export function firstPaint(root: string, plugins: () => PluginOption[]): Plugin {
  let styles = ''
  return {
    name: 'app:first-paint',
    apply: 'build',
    enforce: 'pre',
    async buildStart() {
      const files = await filesOfStyles(root, plugins())
      for (const { fileName, source } of files)
        if (fileName.endsWith('.css')) styles = String(source)
        else this.emitFile({ type: 'asset', fileName, source })
    },
    load: { filter: { id: module }, handler: () => '' },
    transformIndexHtml: {
      order: 'post',
      handler: (html) => {
        const [link = ''] = /\s*<link rel="stylesheet"[^>]*>/.exec(html) ?? []
        return {
          // Functions, because `$` has a meaning in a replacement text.
          html: html.replace(link, '').replace(/\s*<\/body>/, (end) => link + end),
          tags: [{ tag: 'style', children: styles.trim(), injectTo: 'head' }],
        }
      },
    },
  }
}

/** Builds the styles alone, with the files that they name. */
async function filesOfStyles(root: string, plugins: PluginOption[]) {
  const result = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    plugins,
    build: {
      write: false,
      assetsInlineLimit: 0,
      rolldownOptions: { input: `${root}/src/first-paint.ts` },
    },
  })
  if (!('output' in result)) throw new TypeError('vite built something else than one bundle')
  return result.output.filter((file) => file.type === 'asset')
}
