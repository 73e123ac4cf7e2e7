import { brand } from '@app/contract/brand'

/** Renders the mark of the product. The header of index.html contains it too. */
export function BrandMark() {
  return (
    <svg className="app-mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d={brand.mark} />
    </svg>
  )
}
