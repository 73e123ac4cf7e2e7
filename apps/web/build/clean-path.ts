import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Plugin } from 'vite'

export interface CleanPath {
  /** The folder under a path that Vite can read. */
  folder: string
  /** A plugin for the app and one for its workers. */
  plugins: () => Plugin[]
}

/**
 * Links a checkout whose path has a `#` or `?` to another path while this process runs. Vite reads the rest
 * of such a path as a query or fragment and drops it. With other paths this does nothing.
 * @param checkout the folder with all imported files, including node_modules
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
 * Resolves every module under the link. Vite itself would not follow the links of pnpm and find no package.
 */
function underLink(link: string, real: string): Plugin {
  return {
    name: 'app:clean-path',
    enforce: 'pre',
    // The workspace packages are watched and not pre-bundled, as in other checkouts.
    config: () => ({
      resolve: { preserveSymlinks: true },
      optimizeDeps: { exclude: ['@app/client', '@app/contract'] },
    }),
    async resolveId(source, importer, options) {
      const found = await this.resolve(source, importer, { ...options, skipSelf: true })
      if (!found?.id.startsWith(link)) return found
      const [file = '', ...query] = found.id.split('?')
      // Vite resolves its bundled dependencies before it has written them.
      if (!existsSync(file)) return found
      const target = link + realpathSync(file).slice(real.length)
      return { ...found, id: [target, ...query].join('?') }
    },
  }
}
