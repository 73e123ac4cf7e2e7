import { brand } from '@app/contract/brand'
import { escapeHtml } from './escape-html.ts'

/** The mark of the brand, as in the web app's index.html. */
export const markSvg = `<svg class="app-mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8"/><path d="${escapeHtml(brand.mark)}"/></svg>`
