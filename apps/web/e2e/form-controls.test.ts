import type { Page } from '@playwright/test'
import { signUp } from './setup/actors.ts'
import { logInAsAdmin } from './setup/admins.ts'
import { button } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

test('password field: one frame and one focus ring for the control and its button', async ({ page }) => {
  await page.goto('/login')
  const control = page.getByLabel('Password', { exact: true })
  const frame = control.locator('xpath=..')
  await control.focus()
  await expect(control).toHaveCSS('outline-style', 'none')
  await expect(frame).toHaveCSS('outline-style', 'solid')
  const [outer, inner] = [await frame.boundingBox(), await button(page, 'Show password').boundingBox()]
  expect(inner?.width).toBeGreaterThanOrEqual(44)
  expect((inner?.x ?? 0) + (inner?.width ?? 0)).toBeLessThan((outer?.x ?? 0) + (outer?.width ?? 0))
  // The size of another text field.
  const { width, height } = (await page.getByLabel('User name').boundingBox()) ?? {}
  expect({ width: outer?.width, height: outer?.height }).toEqual({ width, height })
  await page.keyboard.press('Tab')
  await expect(button(page, 'Show password')).toBeFocused()
  await expect(frame).toHaveCSS('outline-style', 'none')
})

test('check box: shows its state in light, dark and forced colours', async ({ page }) => {
  await page.goto('/login')
  const box = page.getByLabel('Remember me on this device')
  const mark = box.locator('xpath=../*[name()="svg"]')
  for (const media of [{ colorScheme: 'dark' }, { forcedColors: 'active' }, {}] as const) {
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', ...media })
    await expect(mark).toBeHidden()
    const before = await box.evaluate((element) => getComputedStyle(element).backgroundColor)
    await box.check()
    await expect(mark).toBeVisible()
    const background = await box.evaluate((element) => getComputedStyle(element).backgroundColor)
    expect(background).not.toBe(before)
    expect(await mark.evaluate((element) => getComputedStyle(element).color)).not.toBe(background)
    // The label is part of the target, as before.
    await page.getByText('Remember me on this device').click()
    await expect(box).not.toBeChecked()
  }
})

test('search field: a button and Escape clear it and keep the focus', async ({ page, server }) => {
  const { username } = await signUp(page, server, 'ada')
  await page.goto('/users')
  const search = page.getByRole('searchbox', { name: 'Search users' })
  const clear = button(page.getByRole('search'), 'Clear search')
  const announced = page.getByRole('search').locator('[aria-live]')
  await expect(clear).toHaveCount(0)
  for (const empty of [() => clear.click(), () => page.keyboard.press('Escape')]) {
    const before = await search.locator('xpath=..').boundingBox()
    await search.fill(username)
    await expect(announced).toHaveText('1 user found')
    expect(await search.locator('xpath=..').boundingBox()).toEqual(before)
    await empty()
    await expect(search).toHaveValue('')
    await expect(search).toBeFocused()
    await expect(page).toHaveURL(/\/users$/)
    await expect(clear).toHaveCount(0)
    await expect(announced).toHaveText('')
  }
})

test('select: filters, has the height of the other filter and a chevron of its own', async ({
  page,
  server,
}) => {
  await logInAsAdmin(page, server)
  await page.goto('/audit')
  const select = page.getByRole('combobox', { name: 'Event' })
  await expect(select).toHaveCSS('appearance', 'none')
  await expect(select.locator('xpath=..').locator('svg')).toBeVisible()
  expect(await heightOf(page, 'Event')).toBe(await heightOf(page, 'User'))
  await select.selectOption({ label: 'Log-in' })
  await expect(page).toHaveURL(/event=/)
})

async function heightOf(page: Page, name: string): Promise<number | undefined> {
  const filter = page.getByRole('combobox', { name }).locator('xpath=ancestor::*[@data-set][1]')
  return (await filter.boundingBox())?.height
}
