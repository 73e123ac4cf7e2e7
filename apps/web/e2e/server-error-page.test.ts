import { brand } from '@app/contract/brand'
import type { Page } from '@playwright/test'
import { accessibilityViolations, horizontalOverflow } from './setup/accessibility.ts'
import { title } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

/** A request line that no server accepts, because headers may have 16 KB. */
const tooLong = `/?${'x'.repeat(17_000)}`

/** What the error page of the server has in common with the pages of the app. */
function look(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const styleOf = (selector: string) => {
      const element = document.querySelector(selector)
      if (element === null) throw new Error(`no ${selector}`)
      return getComputedStyle(element)
    }
    const canvas = [styleOf('body'), styleOf('html')].map(({ backgroundColor }) => backgroundColor)
    return {
      canvas: canvas.find((colour) => colour !== 'rgba(0, 0, 0, 0)') ?? '',
      ink: styleOf('h1').color,
      titleSize: styleOf('h1').fontSize,
      accent: styleOf('main svg').fill,
      mark: styleOf('main path').stroke,
      markSize: styleOf('main svg').width,
      font: styleOf('h1').fontFamily,
    }
  })
}

test('server error page: has the look of the app in light and dark, and is accessible', async ({
  page,
  pageErrors,
}) => {
  pageErrors.allow(/431/)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.goto('/login')
    await expect(title(page)).toHaveText('Log in')
    const expected = await look(page)
    const response = await page.goto(tooLong)
    expect(response?.status()).toBe(431)
    await expect(title(page)).toHaveText('Your browser sends too many cookies')
    await expect(page.locator('main path')).toHaveAttribute('d', brand.mark)
    expect(await look(page), colorScheme).toEqual(expected)
    expect(await accessibilityViolations(page), colorScheme).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 640 })
  expect(await horizontalOverflow(page)).toEqual([])
})
