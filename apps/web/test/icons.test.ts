import { readFileSync } from 'node:fs'
import { accentColours } from '@app/contract/accent-colours'
import { brand } from '@app/contract/brand'
import { expect, test } from 'vitest'
import { iconSvg } from '../build/icon.ts'

// After a change of the mark or the accent: node tools/pnpm.mjs --filter @app/web run icons.
test('icons: favicon.svg shows the mark of the brand', () => {
  const file = readFileSync(new URL('../public/favicon.svg', import.meta.url), 'utf8')
  expect(file).toBe(iconSvg(brand, { radius: 8, scale: 1 }))
})

test.each([
  ['apple-touch-icon.png', 180],
  ['icon-192.png', 192],
  ['icon-512.png', 512],
])('icons: %s has %i pixels a side', (name, size) => {
  const png = readFileSync(new URL(`../public/${name}`, import.meta.url))
  expect([png.subarray(1, 4).toString(), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
    'PNG',
    size,
    size,
  ])
})

test('accent: tokens.css has the steps of icons and error pages', () => {
  const tokens = readFileSync(new URL('../src/tokens.css', import.meta.url), 'utf8').replace(/\s+/g, ' ')
  const { light, dark, onDark } = accentColours('var(--brand)')
  expect(tokens).toContain(`--accent: light-dark( ${light}, ${dark} );`)
  expect(tokens).toContain(`--accent-ink: light-dark(#ffffff, ${onDark});`)
})
