import { product } from '@app/contract/product'
import { escapeHtml } from './escape-html.ts'
import { markSvg } from './mark-svg.ts'

/**
 * Renders the header of the server's pages, as in the web app's index.html.
 * @param href the page that the brand leads to
 */
export function headerHtml(href: string): string {
  return `<header class="app-header"><div class="app-bar"><a class="app-brand" href="${escapeHtml(href)}">${markSvg}<span class="app-brand-name">${escapeHtml(product.name)}</span></a></div></header>`
}
