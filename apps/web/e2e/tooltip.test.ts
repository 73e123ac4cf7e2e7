import { signUp } from './setup/actors.ts'
import { expect, test } from './setup/test.ts'

test('tooltip: Escape closes it, and the next pointer or focus opens it again (WCAG 2.2, 1.4.13)', async ({
  page,
  server,
}) => {
  await signUp(page, server, 'ada')
  await page.goto('/account/activity')
  const time = page.getByRole('time').first()
  const tooltip = time.locator('span').nth(1)
  const width = async () => (await tooltip.boundingBox())?.width
  const hidden = 1
  const opened = [
    { open: () => time.hover(), leave: () => page.mouse.move(0, 0) },
    { open: () => time.focus(), leave: () => page.getByRole('main').focus() },
  ]
  for (const { open, leave } of opened) {
    await open()
    await expect.poll(width).toBeGreaterThan(50)
    await page.keyboard.press('Escape')
    await expect.poll(width).toBe(hidden)
    await leave()
    await open()
    await expect.poll(width).toBeGreaterThan(50)
    await leave()
    await expect.poll(width).toBe(hidden)
  }
})
