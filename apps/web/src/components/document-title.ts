/*
 * Keeps the title of the page in a variable and does not read it from the document, where translators change
 * it.
 */

import { product } from '@app/contract/product'

let page = product.name
let override: string | null = null

export function setPageTitle(title: string): void {
  page = title
  show()
}

/**
 * Replaces the title of the page by the name of a document. @param title null restores the title of the page
 */
export function overrideTitle(title: string | null): void {
  override = title
  show()
}

function show(): void {
  const title = override ?? page
  document.title = title === product.name ? title : `${title} · ${product.name}`
}
