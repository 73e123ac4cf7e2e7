import { product } from '@app/contract/product'
import type { Plugin } from 'vite'

const fileName = 'manifest.webmanifest'

/** The colour of the page in the light theme: `--paper` in tokens.css. A manifest has one theme only. */
const paper = '#f8f9fa'

/** Serves and builds the manifest with which the app is installed (W3C, Web Application Manifest). */
export function webManifestFile(): Plugin {
  return {
    name: 'app:web-manifest',
    configureServer: ({ middlewares }) =>
      void middlewares.use(`/${fileName}`, (_request, response) => {
        response.setHeader('Content-Type', 'application/manifest+json').end(webManifest())
      }),
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: webManifest() })
    },
  }
}

function webManifest(): string {
  return JSON.stringify({
    id: '/',
    name: product.name,
    short_name: product.name,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    theme_color: paper,
    background_color: paper,
    icons: [
      { src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
      ...['192', '512'].map((size) => ({
        src: `/icon-${size}.png`,
        sizes: `${size}x${size}`,
        type: 'image/png',
        purpose: 'any maskable',
      })),
    ],
  })
}
