import { product } from '@app/contract/product'
import type { Locator, Page } from '@playwright/test'
import { call, newCredentials, signUp } from '../setup/actors.ts'
import { button, title } from '../setup/forms.ts'
import { expect, test } from '../setup/test.ts'
import { field, note, openNote, saveStatus } from './note-page.ts'

test('keyboard: sign-up, a note and the log-out need no mouse', async ({ page }) => {
  const ada = newCredentials('ada')
  await page.goto('/')
  await expect(title(page)).toHaveText(`Welcome to ${product.name}`)

  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Skip to content' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()

  await tabTo(page, page.getByRole('link', { name: 'Create an account' }))
  await page.keyboard.press('Enter')
  await expect(title(page)).toHaveText('Sign up')
  await expect(title(page)).toBeFocused()

  await tabTo(page, page.getByLabel('User name'))
  await page.keyboard.type(ada.username)
  await tabTo(page, page.getByLabel('Password', { exact: true }))
  await page.keyboard.type(ada.password)
  await tabTo(page, page.getByLabel('Remember me on this device'))
  await page.keyboard.press('Space')
  await expect(page.getByLabel('Remember me on this device')).toBeChecked()
  await tabTo(page, button(page, 'Sign up'))
  await page.keyboard.press('Space')
  await expect(title(page)).toHaveText('Your notes')
  await expect(title(page)).toBeFocused()

  await page.keyboard.press('Alt+n')
  await expect(field(page, 'Title')).toBeFocused()
  await page.keyboard.type('Groceries')
  await page.keyboard.press('Enter')
  await expect(field(page, 'Text')).toBeFocused()
  await page.keyboard.type('Flour')
  await page.keyboard.press('Control+s')
  await expect(saveStatus(page)).toContainText('Saved')
  await expect(page).toHaveURL(/\/notes\/\w{8}-/)
  await expect(field(page, 'Text')).toBeFocused()
  await page.keyboard.type(', pears')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(page.getByRole('link', { name: 'All notes' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(note(page, 'Groceries')).toContainText('Flour, pears')

  await tabTo(page, note(page, 'Groceries').getByRole('link'))
  await page.keyboard.press('Enter')
  await tabTo(page, button(page, 'Delete'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Delete this note?' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(button(page, 'Delete')).toBeFocused()
  await page.keyboard.press('Enter')
  await tabTo(page, button(page, 'Delete note'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  await expect(title(page)).toBeFocused()

  await page.reload()
  await tabTo(page, page.getByRole('button', { name: /^Account menu/ }))
  await page.keyboard.press('Enter')
  await tabTo(page, button(page, 'Log out'))
  await page.keyboard.press('Enter')
  await expect(title(page)).toHaveText('Log in')
})

test('keyboard: every Tab stop has a visible focus, in light and dark', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const paths = ['/', '/notes/new', '/users', '/account', '/account/sessions', '/account/data']
    for (const path of paths) {
      await page.goto(path)
      await expect(title(page)).toBeVisible()
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
      await tabTo(page, page.getByRole('main').locator('button, a, input, textarea').last())
    }
  }
})

test('keyboard: a letter typed with Option and N leaves neither a field nor a dialog', async ({
  page,
  server,
}) => {
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Plan', body: 'One' })
  await page.goto('/')
  await openNote(page, 'Plan')
  const address = page.url()
  // As on a Mac: the physical key is N, and it types another letter or a dead key.
  for (const key of ['ñ', 'Dead'])
    await field(page, 'Text').dispatchEvent('keydown', { code: 'KeyN', key, altKey: true })
  expect(page.url()).toBe(address)
  await button(page, 'Delete').click()
  await page.keyboard.press('Alt+n')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(page.url()).toBe(address)
  await page.keyboard.press('Escape')
  // Outside text fields the physical key counts.
  await button(page, 'Delete').dispatchEvent('keydown', { code: 'KeyN', key: 'Dead', altKey: true })
  await expect(page).toHaveURL('/notes/new')
})

test('keyboard: a held Enter key does not confirm the dialog that it opened', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Plan', body: 'One' })
  await page.goto('/')
  await openNote(page, 'Plan')
  await button(page, 'Delete').focus()
  const paths: string[] = []
  page.on('request', (request) => paths.push(new URL(request.url()).pathname))
  for (let times = 0; times < 5; times += 1) await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  await expect(button(page.getByRole('dialog', { name: 'Delete this note?' }), 'Cancel')).toBeFocused()
  expect(paths).not.toContain('/trpc/notes.remove')
})

/** Presses Tab until `target` has the focus, and checks that every stop is visible. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let stops = 0; stops < 40; stops += 1) {
    await page.keyboard.press('Tab')
    await expect.poll(() => focusProblem(page)).toBe('')
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`${String(target)} has no focus after 40 presses of Tab`)
}

/** Returns why the focused element is not visible as focused; empty when it is. */
function focusProblem(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return ''
    const { visibility } = getComputedStyle(element)
    // Fields in one frame have one ring, around the frame.
    const isField = element.matches('input, textarea')
    // A link that covers a row has the ring of the row.
    const coversRow = element.hasAttribute('data-covers-row')
    const framed = ((isField || coversRow) && element.closest('[data-focus-frame]')) || element
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(framed)
    const box = element.getBoundingClientRect()
    const isOnScreen =
      box.width > 0 &&
      box.height > 0 &&
      box.bottom > 0 &&
      box.right > 0 &&
      box.top < innerHeight &&
      box.left < innerWidth
    const hasRing = outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2
    if (isOnScreen && hasRing && visibility === 'visible') return ''
    return `${element.outerHTML}: ${outlineStyle} ${outlineWidth} ${outlineColor}, ${JSON.stringify(box)}`
  })
}
