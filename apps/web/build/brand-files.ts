import { pathToFileURL } from 'node:url'
import { brand as ownBrand } from '@app/contract/brand'
import type { Brand } from '@app/contract/brand'
import { product } from '@app/contract/product'
import type { Plugin } from 'vite'

const styleSheet = 'virtual:brand.css'
const brandModule = '@app/contract/brand'

/**
 * Writes name and look of the product into the HTML pages and into the style sheet `virtual:brand.css`.
 * @param file the path of another brand, for tests of what a changed brand changes
 */
export async function brandFiles(file: string | undefined): Promise<Plugin> {
  const brand = file === undefined ? ownBrand : await importBrand(file)
  const values = { PRODUCT_NAME: product.name, BRAND_MARK: brand.mark }
  return {
    name: 'app:brand-files',
    enforce: 'pre',
    resolveId: (id) => {
      if (id === styleSheet) return `\0${styleSheet}`
      return id === brandModule && file !== undefined ? file : null
    },
    load: (id) => (id === `\0${styleSheet}` ? cssOf(brand) : null),
    transformIndexHtml: {
      order: 'pre',
      handler: (html) =>
        Object.entries(values).reduce(
          (text, [name, value]) => text.replaceAll(`%${name}%`, escapeHtml(value)),
          html,
        ),
    },
  }
}

async function importBrand(file: string): Promise<Brand> {
  const module = (await import(pathToFileURL(file).href)) as { brand: Brand }
  return module.brand
}

function cssOf({ accent, radius, font, systemFonts }: Brand): string {
  return `:root { --brand: ${accent}; --radius: ${radius / 16}rem; --font: ${font}, ${systemFonts}; }
:root[data-connection='slow'] { --font: ${systemFonts}; }`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
