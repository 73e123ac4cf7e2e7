import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'
import { locateFiles } from './locate-files.ts'
import { nativeAddons } from './native-addons.ts'
import { oneByteSources } from './one-byte-sources.ts'
import { unusedPackages } from './unused-packages.ts'

/**
 * Bundles the server and its workers.
 * @returns the names of the written files; `main.js` starts the server
 */
export async function bundleServer(folder: string): Promise<string[]> {
  const { output } = await build({
    input: { main: fileURLToPath(new URL('../src/main.ts', import.meta.url)) },
    platform: 'node',
    plugins: [nativeAddons(folder), locateFiles(folder), unusedPackages(), oneByteSources()],
    output: {
      dir: folder,
      format: 'esm',
      // A running server must find the workers of its build after a later build.
      entryFileNames: ({ name }) => (name === 'main' ? 'main.js' : '[name]-[hash].js'),
      // Keeps the names in stack traces.
      minify: { compress: true, mangle: false, codegen: true },
    },
    logLevel: 'warn',
  })
  return output.map(({ fileName }) => fileName)
}
