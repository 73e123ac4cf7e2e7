import type { Page } from '@playwright/test'
import { signUp } from './setup/actors.ts'
import { button, title } from './setup/forms.ts'
import { layoutShifts, recordLayoutShifts } from './setup/layout-shifts.ts'
import { expect, test } from './setup/test.ts'

test('message: moves nothing, stays until it is dismissed, and is not printed', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  await recordLayoutShifts(page)
  for (const width of [1100, 320]) {
    await page.setViewportSize({ width, height: 1_000 })
    await page.goto('/account')
    const form = page.getByRole('form', { name: 'Your name' })
    await expect(button(form, 'Save name')).toBeVisible()
    const places = () =>
      Promise.all([title(page), form, page.getByRole('contentinfo')].map((each) => each.boundingBox()))
    const before = await places()
    await button(form, 'Save name').click()
    await expect(page.getByRole('status')).toHaveText('Name saved.')
    await expect(page.getByRole('status')).toBeInViewport({ ratio: 1 })
    expect(await places()).toEqual(before)
    await button(page, 'Dismiss message').click()
    await expect(page.getByRole('status')).toBeEmpty()
    await expect(page.getByRole('main')).toBeFocused()
    expect(await places()).toEqual(before)
    expect(await layoutShifts(page)).toEqual([])
  }
  await button(page, 'Save name').click()
  await expect(page.getByText('Name saved.')).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText('Name saved.')).toBeHidden()
})

test('message: does not cover the focused control', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  await page.setViewportSize({ width: 320, height: 480 })
  await page.goto('/account')
  const save = button(page, 'Save name')
  // The button is at the bottom of the window, where the message appears.
  await save.evaluate((element) => element.scrollIntoView({ block: 'end' }))
  await save.press('Enter')
  await expect(page.getByRole('status')).toHaveText('Name saved.')
  await expect(save).toBeFocused()
  expect(await overlap(page)).toBe(false)

  // Nor does the keyboard move the focus behind it, from here to the end of the page.
  for (let times = 0; times < 12; times += 1) {
    await page.keyboard.press('Tab')
    expect(await overlap(page)).toBe(false)
  }
})

test('message: on a low window it is above the page and stays in sight', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  // A window of 1280 × 800 at 200 % zoom.
  await page.setViewportSize({ width: 640, height: 400 })
  await page.goto('/account')
  const save = button(page, 'Save name')
  await save.evaluate((element) => element.scrollIntoView({ block: 'end' }))
  await save.press('Enter')
  const message = page.getByRole('status')
  await expect(message).toHaveText('Name saved.')
  await expect(message).toBeInViewport({ ratio: 1 })
  await expect(save).toBeInViewport({ ratio: 0.9 })
  for (let times = 0; times < 20; times += 1) {
    await page.keyboard.press('Shift+Tab')
    expect(await overlap(page)).toBe(false)
  }
  await page.evaluate(() => window.scrollTo(0, 0))
  const [above, heading] = await Promise.all([message.boundingBox(), title(page).boundingBox()])
  expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThan(heading?.y ?? 0)
})

/** Returns whether the message covers the focused control, which is not in the message itself. */
function overlap(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const focused = document.activeElement
    const message = document.querySelector('[role=status] p')
    const toast = message?.closest('[data-message]')
    if (!focused || focused === document.body || !toast || toast.contains(focused)) return false
    const [control, over] = [focused.getBoundingClientRect(), toast.getBoundingClientRect()]
    return control.bottom > over.top && control.top < over.bottom
  })
}
