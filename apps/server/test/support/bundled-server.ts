import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleServer } from '../../build/bundle-server.ts'

/** The bundle that `npm start` and the image run, in a folder that is removed with it. */
export async function bundledServer(): Promise<
  Disposable & { readonly files: readonly string[]; readonly program: string }
> {
  // Within the package: a bundle finds installed packages and files by its place in the repository.
  const cache = fileURLToPath(new URL('../../.cache', import.meta.url))
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(path.join(cache, 'bundle-'))
  const files = await bundleServer(folder)
  return {
    files,
    program: path.join(folder, 'main.js'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
}
