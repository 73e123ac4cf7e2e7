import type { Brand } from '@app/contract/brand'

/** A brand that shares nothing with the product's, to find what does not follow `brand.ts`. */
export const brand: Brand = {
  mark: 'M6 24 16 8l10 16M10.5 18h11',
  accent: '#ffcc00',
  radius: 2,
  font: 'Georgia',
  systemFonts: 'serif',
}
