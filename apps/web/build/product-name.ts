import { product } from '@app/contract/product'
import type { Plugin } from 'vite'

/** Replaces `%PRODUCT_NAME%` in the HTML pages by the product's name. */
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
