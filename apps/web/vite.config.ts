import { readFile, readdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin, Rolldown } from 'vite'
import { apiProxy } from './build/api-proxy.ts'
import { brandFiles } from './build/brand-files.ts'
import { cleanPath } from './build/clean-path.ts'
import { firstPaint } from './build/first-paint.ts'
import { firstWords } from './build/first-words.ts'
import { inlineScripts } from './build/inline-scripts.ts'
import { preloadApp } from './build/preload-app.ts'
import { singleIcons } from './build/single-icons.ts'
import { webManifestFile } from './build/web-manifest.ts'

const brotli = promisify(brotliCompress)
const deflate = promisify(gzip)

const compressible = /\.(?:html|js|css|svg|json|webmanifest)$/
/** Below this size compression saves no network packet. */
const smallestBytes = 512

/**
 * Writes `.br` and `.gz` beside every text file of the build, so that the server compresses no response. The
 * original file stays for servers that cannot use the copies.
 */
function precompress(): Plugin {
  return {
    name: 'app:precompress',
    apply: 'build',
    async writeBundle({ dir }) {
      if (dir === undefined) return
      const entries = await readdir(dir, { recursive: true, withFileTypes: true })
      const files = entries.filter((entry) => entry.isFile() && compressible.test(entry.name))
      await Promise.all(files.map((file) => compressFile(join(file.parentPath, file.name))))
    },
  }
}

async function compressFile(path: string): Promise<void> {
  const source = await readFile(path)
  if (source.length < smallestBytes) return
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
  const [br, gz] = await Promise.all([brotli(source, { params }), deflate(source, { level: 9 })])
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)])
}

const checkout = cleanPath(join(import.meta.dirname, '../..'))
// Sound: npm requires the version.
const { version } = JSON.parse(await readFile(join(checkout.folder, 'package.json'), 'utf8')) as {
  version: string
}

const root = join(checkout.folder, 'apps/web')

/** The app with the page that visitors open first, and without the others. */
const firstLoad = join(root, 'src/main.tsx')

/** Modules that only later pages use, although the index of their package imports them too. */
const pagesOnly = /\/(?:infiniteQueryObserver|useInfiniteQuery)\.js$/

/**
 * Names the file of a module that the app imports before it shows the log-in page; null for other modules.
 * Vite's own helpers are not among them: `start.ts` uses one, and must run before this file has loaded.
 */
function firstLoadChunk(id: string, graph: Rolldown.ChunkingContext): 'app' | null {
  const imported = new Set([firstLoad])
  // The set grows during the loop, so that indirect imports are included.
  for (const importer of imported)
    for (const next of graph.getModuleInfo(importer)?.importedIds ?? []) imported.add(next)
  const isLater = id.startsWith('\0vite/') || pagesOnly.test(id)
  return imported.has(id) && id !== firstLoad && !isLater ? 'app' : null
}

export default defineConfig({
  root,
  define: { 'import.meta.env.APP_VERSION': JSON.stringify(version) },
  // A module can load a part of itself later.
  worker: { format: 'es', plugins: () => [...checkout.plugins(), firstWords()] },
  plugins: [
    ...checkout.plugins(),
    react(),
    brandFiles(process.env['BRAND_FILE']),
    firstPaint(root, () => [...checkout.plugins(), brandFiles(process.env['BRAND_FILE'])]),
    inlineScripts(root, ['src/theme/before-paint.ts', 'src/early-form/early-form.ts']),
    webManifestFile(),
    firstWords(),
    singleIcons(),
    preloadApp(),
    precompress(),
  ],
  css: {
    // Without a hash, which cannot be compressed: the names of these files are unique.
    modules: { generateScopedName: (name, file) => `${basename(file, '.module.css')}-${name}` },
  },
  server: {
    port: Number(process.env['WEB_PORT'] ?? 5173),
    // Another port would be another origin, with other cookies and drafts.
    strictPort: true,
    // Calls, and the pages that the server renders itself.
    proxy: { '^/(?:trpc|api|plain|auth|log_in|log_out|sign_up)(?:[/?]|$)': apiProxy(process.env) },
  },
  build: {
    manifest: true,
    // The content security policy allows files only, so nothing is inlined as data.
    assetsInlineLimit: 0,
    // One style sheet is small enough; with one for each page, pages would be unstyled for a moment.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Timings depend on the load of the machine and are noise in the output.
      checks: { pluginTimings: false, bundlerTimings: false },
      output: {
        codeSplitting: {
          groups: [
            { name: firstLoadChunk, debugName: 'app', priority: 2, includeDependenciesRecursively: false },
            {
              name: 'contract',
              // Without the names of devices: they have no schema, and only pages for users show them.
              test: /packages\/contract\/(?!src\/device-name\.ts)|node_modules\/zod\//,
              priority: 1,
            },
            // Code that most other pages need, in one file. The log-in page does not wait for it. Vite's own
            // helpers stay with `start.ts`, which must run before any other file has loaded.
            {
              name: 'pages',
              test: (id) => !id.startsWith('\0vite/'),
              minShareCount: 3,
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
})
