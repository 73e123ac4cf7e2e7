import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'
import { apiProxy } from './build/api-proxy.ts'
import { cleanPath } from './build/clean-path.ts'
import { preloadApp } from './build/preload-app.ts'
import { productName } from './build/product-name.ts'
import { themeScript } from './build/theme-script.ts'

const brotli = promisify(brotliCompress)
const deflate = promisify(gzip)

const compressible = /\.(?:html|js|css|svg|json)$/
/** Below this a compressed file saves nothing that a packet would notice. */
const smallestBytes = 512

/**
 * Writes `.br` and `.gz` beside every text file of the build, so that the server compresses nothing while it
 * answers. The source of a file is left as it is; a server that cannot use the copies loses only size.
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

export default defineConfig({
  root: join(checkout.folder, 'apps/web'),
  worker: { plugins: checkout.plugins },
  plugins: [...checkout.plugins(), react(), productName(), themeScript(), preloadApp(), precompress()],
  server: {
    port: Number(process.env['WEB_PORT'] ?? 5173),
    // Another port than the one that was asked for would be another origin, with other cookies and drafts.
    strictPort: true,
    proxy: { '/trpc': apiProxy(process.env) },
  },
  build: {
    manifest: true,
    // The content security policy of the server knows files only: nothing is inlined as data.
    assetsInlineLimit: 0,
    // All of it is smaller than a picture; pages that brought their own would be seen bare for a moment.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // How long plugins take depends on how busy the machine is; nobody needs to be told at every start.
      checks: { pluginTimings: false, bundlerTimings: false },
      output: {
        // Chunks run before the ones that import them, whatever the order of the imports: what must run
        // before the first schema is made has to be in the same chunk as the schemas.
        codeSplitting: {
          groups: [
            {
              name: 'contract',
              test: /zod-jitless\.ts$|packages\/contract\/|node_modules\/zod\//,
              priority: 1,
            },
            // What most pages need comes with the first script and not after it, in one file and not in a
            // dozen.
            { name: 'shared', minShareCount: 3 },
          ],
        },
      },
    },
  },
})
