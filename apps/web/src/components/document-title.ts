/*
 * Keeps the title of the page here and does not read it back from the document, because a translator changes
 * it there.
 */

import { product } from '@app/contract/product'

let page = product.name
let override: string | null = null

export function setPageTitle(title: string): void {
  page = title
  show()
}

/**
 * Replaces the title of the page, which may name a document. @param title null restores the title of the page
 */
export function overrideTitle(title: string | null): void {
  override = title
  show()
}

function show(): void {
  const title = override ?? page
  document.title = title === product.name ? title : `${title} · ${product.name}`
}
