import { horizontalOverflow, setTextSize } from './setup/accessibility.ts'
import { expect, test } from './setup/test.ts'

test('large text: header and footer fit into the smallest window', async ({ page }) => {
  await page.goto('/login')
  await page.setViewportSize({ width: 320, height: 640 })
  await setTextSize(page, 200)
  await expect.poll(() => horizontalOverflow(page)).toEqual([])
  const mark = await page.getByRole('banner').getByRole('link').first().boundingBox()
  const logIn = await page.getByRole('banner').getByRole('link', { name: 'Log in' }).boundingBox()
  expect(logIn?.x).toBeGreaterThanOrEqual((mark?.x ?? Infinity) + (mark?.width ?? 0))
})
