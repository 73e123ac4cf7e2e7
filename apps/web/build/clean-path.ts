import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Plugin } from 'vite'

export interface CleanPath {
  /** The folder under a name that Vite can read. */
  folder: string
  /** A plugin for the app and one for its workers. */
  plugins: () => Plugin[]
}

/**
 * Gives a checkout whose path has a `#` or `?` another name as long as this process runs: a link to it. Vite
 * takes what follows such a character for a part of an address and cuts it off. In other paths this does
 * nothing.
 * @param checkout the folder with all that is imported, node_modules included
 */
export function cleanPath(checkout: string): CleanPath {
  if (!/[#?]/.test(checkout)) return { folder: checkout, plugins: () => [] }
  const real = realpathSync(checkout)
  const temporary = mkdtempSync(path.join(tmpdir(), 'app-path-'))
  const link = path.join(temporary, 'checkout')
  symlinkSync(real, link)
  process.once('exit', () => rmSync(temporary, { recursive: true, force: true }))
  return { folder: link, plugins: () => [underLink(link, real)] }
}

/**
 * Keeps every module under the link. Vite itself would leave the links of pnpm as they are, and find no
 * package behind them.
 */
function underLink(link: string, real: string): Plugin {
  return {
    name: 'app:clean-path',
    enforce: 'pre',
    // Our own packages are watched and not bundled in advance, as elsewhere.
    config: () => ({
      resolve: { preserveSymlinks: true },
      optimizeDeps: { exclude: ['@app/client', '@app/contract'] },
    }),
    async resolveId(source, importer, options) {
      const found = await this.resolve(source, importer, { ...options, skipSelf: true })
      if (!found?.id.startsWith(link)) return found
      const [file = '', ...query] = found.id.split('?')
      // Vite names its bundled dependencies before it has written them.
      if (!existsSync(file)) return found
      const target = link + realpathSync(file).slice(real.length)
      return { ...found, id: [target, ...query].join('?') }
    },
  }
}
