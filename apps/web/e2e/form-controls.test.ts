import type { Page } from '@playwright/test'
import { horizontalOverflow } from './setup/accessibility.ts'
import { signUp } from './setup/actors.ts'
import { logInAsAdmin } from './setup/admins.ts'
import { button, earlyFormGone } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

test('password field: one frame and one focus ring for the control and its button', async ({ page }) => {
  await page.goto('/login')
  await earlyFormGone(page)
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
  await earlyFormGone(page)
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

test('main button: keeps its forced colours under the mouse', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto('/login')
  await earlyFormGone(page)
  const logIn = button(page, 'Log in')
  const colours = () =>
    logIn.evaluate(async (element) => {
      await Promise.all(element.getAnimations().map(({ finished }) => finished))
      const { backgroundColor, borderTopColor, color } = getComputedStyle(element)
      return [backgroundColor, borderTopColor, color]
    })
  const before = await colours()
  expect(before[1]).toBe(before[0])
  await logIn.hover()
  expect(await colours()).toEqual(before)
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

test('list of a filter: keys open it, move in it, choose and close it', async ({ page, server }) => {
  await logInAsAdmin(page, server)
  await page.goto('/audit')
  const filter = page.getByRole('combobox', { name: 'Event' })
  const list = page.getByRole('listbox', { name: 'Event' })
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  await expect(filter).toHaveText('All events')
  expect(await heightOf(page, 'Event')).toBe(await heightOf(page, 'User'))
  await filter.focus()
  await expect(filter).toHaveAttribute('aria-expanded', 'false')
  for (const key of ['ArrowDown', 'ArrowUp', 'Enter', 'Space']) {
    await press(key)
    await expectActive(page, 'All events')
    await press('Escape')
    await expect(list).toHaveCount(0)
    await expect(filter).toBeFocused()
  }
  await press('End')
  await expectActive(page, 'Access token revoked')
  await press('ArrowDown')
  await expectActive(page, 'Access token revoked')
  await press('Home', 'ArrowUp')
  await expectActive(page, 'All events')
  await press('PageDown', 'PageUp', 'ArrowDown', 'ArrowDown')
  await expectActive(page, 'Failed log-in')
  await page.keyboard.type('too many wrong s')
  await expectActive(page, 'Too many wrong second factors')
  await expect(page.getByRole('option', { name: 'Too many wrong second factors' })).toBeInViewport()
  await expect(page.getByRole('option', { selected: true })).toHaveText('All events')
  await expect(list.getByRole('group')).toHaveCount(8)
  await expect(list.getByRole('group', { name: 'Invitations' }).getByRole('option')).toHaveCount(3)
  // As in the ARIA Authoring Practices, Tab chooses and moves on.
  await press('Tab')
  await expect(list).toHaveCount(0)
  await expect(filter).toHaveText('Too many wrong second factors')
  await expect(filter).not.toBeFocused()
  await filter.press('Home')
  await press('Enter')
  await expect(page).toHaveURL(/\/audit$/)

  // A letter opens the list too.
  await filter.press('l')
  await expectActive(page, 'Log-in')
  await press('Enter')
  await expect(list).toHaveCount(0)
  await expect(filter).toBeFocused()
  await expect(filter).toHaveText('Log-in')
  await expect(page).toHaveURL(/event=login$/)
  await press('Enter')
  await expectActive(page, 'Log-in')
  await expect(page.getByRole('option', { selected: true })).toHaveText('Log-in')
  await press('Home', 'Space')
  await expect(page).toHaveURL(/\/audit$/)
  await press('l', 'Enter')
  await button(page, 'Remove the filter “Event”').press('Enter')
  await expect(filter).toHaveText('All events')
  await expect(filter).toBeFocused()
})

test('list of a filter: opens by a click, also on its label, and closes by one elsewhere', async ({
  page,
  server,
}) => {
  await logInAsAdmin(page, server)
  await page.goto('/audit')
  const filter = page.getByRole('combobox', { name: 'Event' })
  const list = page.getByRole('listbox', { name: 'Event' })
  for (const opener of [filter, page.locator('label', { hasText: /^Event$/ })]) {
    await opener.click()
    await expect(list).toBeVisible()
    await page.getByRole('heading', { name: 'Audit log' }).click()
    await expect(list).toHaveCount(0)
  }
  // Safari does not focus a button that is clicked.
  await filter.evaluate((opener: HTMLElement) => opener.click())
  await page.keyboard.press('End')
  await expectActive(page, 'Access token revoked')
  await page.getByRole('heading', { name: 'Audit log' }).click()
  await expect(list).toHaveCount(0)
  await filter.click()
  // The label of a group is no option.
  await list.getByText('Second factors', { exact: true }).click()
  await expect(list).toBeVisible()
  await filter.click()
  await expect(list).toHaveCount(0)
  await filter.click()
  for (const [colours, media] of [
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['forced', { forcedColors: 'active' }],
  ] as const) {
    await page.emulateMedia(media)
    const background = (name: string) =>
      page
        .getByRole('option', { name, exact: true })
        .evaluate((option) => getComputedStyle(option).backgroundColor)
    expect(await background('All events'), colours).not.toBe(await background('Log-in'))
  }
  await page.getByRole('option', { name: 'Failed log-in' }).click()
  await expect(page).toHaveURL(/event=login-failed$/)
  await expect(filter).toBeFocused()
})

/** Expects that the option has the keyboard of the open list. */
async function expectActive(page: Page, name: string): Promise<void> {
  const filter = page.getByRole('combobox', { name: 'Event' })
  await expect(filter).toHaveAttribute('aria-expanded', 'true')
  const id = await page.getByRole('option', { name, exact: true }).getAttribute('id')
  await expect(filter).toHaveAttribute('aria-activedescendant', id ?? '')
}

async function heightOf(page: Page, name: string): Promise<number | undefined> {
  const filter = page.getByRole('combobox', { name }).locator('xpath=ancestor::*[@data-set][1]')
  return (await filter.boundingBox())?.height
}

test('list of a filter: fits into the window beside a long user name', async ({ page, server }) => {
  const { username } = await signUp(page, server, 'w'.repeat(25))
  await logInAsAdmin(page, server)
  await page.goto('/audit')
  await page.getByRole('combobox', { name: 'User' }).fill(username)
  await page.getByRole('option', { name: username }).click()
  for (const width of [768, 640, 390, 320]) {
    await page.setViewportSize({ width, height: 640 })
    await page.getByRole('combobox', { name: 'Event' }).click()
    await expect(page.getByRole('listbox', { name: 'Event' })).toBeVisible()
    expect(await horizontalOverflow(page), `${width} px`).toEqual([])
    await page.keyboard.press('Escape')
  }
})

test('dialog: the buttons of a long form stay in view and cover no focused field', async ({
  page,
  server,
}) => {
  await signUp(page, server, 'ada')
  await page.setViewportSize({ width: 320, height: 480 })
  await page.goto('/account/tokens')
  await button(page, 'New token').click()
  const submit = button(page.getByRole('dialog'), 'Create token')
  await expect(submit).toBeInViewport({ ratio: 1 })
  const { y: top = 0 } = (await submit.boundingBox()) ?? {}
  for (const field of await page.getByRole('dialog').locator('input').all()) {
    await expect(field).toBeFocused()
    const { y = 0, height = 0 } = (await field.boundingBox()) ?? {}
    expect(y).toBeGreaterThan(0)
    expect(y + height).toBeLessThan(top)
    await page.keyboard.press('Tab')
  }
})
