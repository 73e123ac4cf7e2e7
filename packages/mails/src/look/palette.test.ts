import { brand } from '@app/contract/brand'
import { describe, expect, test } from 'vitest'
import { contrast, hexOf, oklchOf } from './oklch.ts'
import { paletteOf } from './palette.ts'

const accents = [brand.accent, '#ffcc00', '#6d28d9', '#000000', '#ffffff', '#f00', '#00ff00', '#0000ff']

describe.each(accents)('palette of %s', (accent) => {
  test.each(['light', 'dark'] as const)('has enough contrast in %s', (theme) => {
    const colours = paletteOf(accent)[theme]
    for (const surface of [colours.paper, colours.surface, colours.sunken]) {
      expect(contrast(colours.ink, surface)).toBeGreaterThan(4.5)
      expect(contrast(colours.inkSoft, surface)).toBeGreaterThan(4.5)
    }
    expect(contrast(colours.accentInk, colours.accent)).toBeGreaterThan(4.5)
    expect(contrast(colours.accent, colours.surface)).toBeGreaterThan(4.5)
  })

  test('keeps the hue, and adds none to grey', () => {
    const { light, dark } = paletteOf(accent)
    const wanted = tintOf(accent)
    for (const step of [light.accent, dark.accent].map(tintOf)) {
      expect(step.isGrey).toBe(wanted.isGrey)
      expect(Math.cos(step.hue - wanted.hue)).toBeGreaterThan(0.99)
    }
  })
})

test('oklch: converts there and back', () => {
  for (const hex of ['#0f766e', '#ffcc00', '#000000', '#ffffff', '#123456'])
    expect(hexOf(oklchOf(hex))).toBe(hex)
  expect(hexOf(oklchOf('#abc'))).toBe('#aabbcc')
})

test('oklch: refuses other notations', () => {
  for (const text of ['red', '#12', '#1234', 'oklch(0.5 0.1 20)', '#12345g', ''])
    expect(() => oklchOf(text)).toThrow('#rrggbb')
})

function tintOf(hex: string): { isGrey: boolean; hue: number } {
  const { hue, chroma } = oklchOf(hex)
  return chroma < 0.01 ? { isGrey: true, hue: 0 } : { isGrey: false, hue }
}
