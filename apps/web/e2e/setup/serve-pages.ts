import { createServer } from 'vite'
import type { Plugin } from 'vite'

/** Pages that another server than ours serves. */
export interface Pages extends AsyncDisposable {
  port: string
  /** The origins of the pages, for ALLOWED_ORIGINS. */
  origins: string
}

/** Serves a folder on another port, under all names of this machine. */
export async function servePages(root: string, plugins: Plugin[] = []): Promise<Pages> {
  const pages = await createServer({
    root,
    plugins,
    configFile: false,
    logLevel: 'error',
    cacheDir: `${root}/node_modules/.vite-pages`,
    server: { port: 0, host: '0.0.0.0', hmr: false, watch: null },
  })
  await pages.listen()
  const { port } = new URL(pages.resolvedUrls?.local[0] ?? '')
  return {
    port,
    origins: ['localhost', '127.0.0.1'].map((host) => `http://${host}:${port}`).join(','),
    [Symbol.asyncDispose]: () => pages.close(),
  }
}
