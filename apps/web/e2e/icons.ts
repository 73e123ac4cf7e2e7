import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brand } from '@app/contract/brand'
import type { Page } from '@playwright/test'
import { iconSvg } from '../build/icon.ts'
import type { Tile } from '../build/icon.ts'
import { test } from './setup/test.ts'

const folder = fileURLToPath(new URL('../public', import.meta.url))
const rounded: Tile = { radius: 8, scale: 1 }
/** Systems cut these icons to their own shape. */
const fullBleed: Tile = { radius: 0, scale: 0.9 }

test('icons of the mark', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  writeFileSync(`${folder}/favicon.svg`, iconSvg(brand, rounded))
  writeFileSync(`${folder}/favicon.ico`, icoOf(await draw(page, rounded, 32), 32))
  writeFileSync(`${folder}/apple-touch-icon.png`, await draw(page, fullBleed, 180))
  for (const size of [192, 512])
    writeFileSync(`${folder}/icon-${size}.png`, await draw(page, fullBleed, size))
})

async function draw(page: Page, tile: Tile, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${iconSvg(brand, tile)}`)
  return page.screenshot({ omitBackground: true })
}

/** Wraps a PNG of at most 255 pixels as the only image of an icon file. */
function icoOf(png: Buffer, size: number): Buffer {
  const head = Buffer.alloc(22)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(1, 4)
  head.writeUInt8(size, 6)
  head.writeUInt8(size, 7)
  head.writeUInt16LE(1, 10)
  head.writeUInt16LE(32, 12)
  head.writeUInt32LE(png.length, 14)
  head.writeUInt32LE(head.length, 18)
  return Buffer.concat([head, png])
}
