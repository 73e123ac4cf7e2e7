import { product } from '@app/contract/product'
import type { Plugin } from 'vite'

/** Writes the product's name into the HTML pages, where they say `%PRODUCT_NAME%`. */
export function productName(): Plugin {
  return {
    name: 'app:product-name',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) => html.replaceAll('%PRODUCT_NAME%', escapeHtml(product.name)),
    },
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
