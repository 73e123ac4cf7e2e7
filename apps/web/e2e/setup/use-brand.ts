import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The files of the web app, built with another brand. Built once per worker, in memory. */
let built: Promise<ReadonlyMap<string, string | Uint8Array>> | undefined

/** Serves the web app with the brand of `second-brand.ts` to the page. Calls still reach the server. */
export async function useSecondBrand(page: Page): Promise<void> {
  built ??= buildWithBrand(fileURLToPath(new URL('second-brand.ts', import.meta.url)))
  const files = await built
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url())
    if (route.request().resourceType() === 'document') {
      // The server's headers stay. Its content security policy names the styles in its own page.
      const response = await route.fetch()
      const html = asBody(files.get('index.html')).toString()
      const policy = 'content-security-policy'
      const headers = response.headers()
      const allowed = inlineStyleHash(await response.text())
      headers[policy] = (headers[policy] ?? '').replace(allowed, inlineStyleHash(html))
      return route.fulfill({ response, headers, body: html })
    }
    const file = files.get(pathname.slice(1))
    if (file === undefined) return route.continue()
    return route.fulfill({ body: asBody(file), contentType: typeOf(pathname) })
  })
}

function inlineStyleHash(html: string): string {
  const [, style = ''] = /<style[^>]*>([^]*?)<\/style>/.exec(html) ?? []
  return createHash('sha256').update(style).digest('base64')
}

async function buildWithBrand(file: string): Promise<Map<string, string | Uint8Array>> {
  const before = { brand: process.env['BRAND_FILE'], mode: process.env['NODE_ENV'] }
  process.env['BRAND_FILE'] = file
  process.env['NODE_ENV'] = 'production'
  try {
    const result = await build({
      configFile: `${root}/vite.config.ts`,
      logLevel: 'error',
      build: { write: false },
    })
    if (!('output' in result)) throw new TypeError('vite built something else than one bundle')
    return new Map(
      result.output.map((output) => [output.fileName, output.type === 'chunk' ? output.code : output.source]),
    )
  } finally {
    restore('BRAND_FILE', before.brand)
    restore('NODE_ENV', before.mode)
  }
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) Reflect.deleteProperty(process.env, name)
  else process.env[name] = value
}

function asBody(file: string | Uint8Array | undefined): string | Buffer {
  if (file === undefined) throw new TypeError('the build has no such file')
  return typeof file === 'string' ? file : Buffer.from(file)
}

function typeOf(path: string): string {
  if (path.endsWith('.js')) return 'text/javascript'
  return path.endsWith('.css') ? 'text/css' : 'application/octet-stream'
}
