import { accentColours } from '@app/contract/accent-colours'
import type { Brand } from '@app/contract/brand'

/** The shape of a tile in units of the grid of 32: rounded, or full-bleed where the system cuts the shape. */
export interface Tile {
  radius: number
  /** The scale of the mark. A maskable icon keeps it within the inner 80% (W3C, Web Application Manifest). */
  scale: number
}

/** Returns the mark on a tile of the accent colour, in the steps of tokens.css, for light and dark. */
export function iconSvg({ mark, accent }: Brand, { radius, scale }: Tile): string {
  const { light, dark, onDark } = accentColours(accent)
  const offset = 16 - 16 * scale
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <style>
    rect { fill: ${light} }
    @media (prefers-color-scheme: dark) {
      rect { fill: ${dark} }
      path { stroke: ${onDark} }
    }
  </style>
  <rect width="32" height="32" rx="${radius}" fill="${accent}" />
  <path d="${mark}" transform="translate(${offset} ${offset}) scale(${scale})" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" />
</svg>
`
}
