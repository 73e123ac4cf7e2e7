import type { Page } from '@playwright/test'
import { call, signUp } from '../setup/actors.ts'
import { button, title } from '../setup/forms.ts'
import { expect, test } from '../setup/test.ts'
import { field, note, openNote, save, saveStatus } from './note-page.ts'

let phone: Page

/** Opens the same note on two devices of one user. */
test.beforeEach(async ({ page, context, server, openBrowser }) => {
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Plan', body: 'One\nTwo\nThree' })
  phone = await openBrowser()
  await phone.context().addCookies(await context.cookies())
  for (const device of [page, phone]) {
    await device.goto('/')
    await openNote(device, 'Plan')
  }
})

test('conflict: the second device sees both texts, and can keep its own', async ({ page }) => {
  await save(phone, 'From the phone')
  await field(page, 'Text').fill('From the laptop')
  await page.keyboard.press('Control+s')

  await expect(saveStatus(page)).toContainText('Not saved: this note was changed elsewhere.')
  await expect(page.getByRole('heading', { name: 'Changed on another device' })).toBeVisible()
  const otherVersion = page.getByRole('region', { name: /^Stored version/ })
  await expect(otherVersion.getByRole('insertion')).toContainText('phone')
  await expect(otherVersion.getByRole('deletion')).toContainText('laptop')
  // On a small screen the other text is below, and Compare scrolls to the choices.
  await page.setViewportSize({ width: 320, height: 640 })
  await button(page, 'Compare').click()
  for (const choice of ['Keep mine', 'Use stored version', 'Merge'])
    await expect(button(page, choice)).toBeInViewport({ ratio: 1 })
  await page.setViewportSize({ width: 1100, height: 800 })
  // Before a choice nothing is saved, and typing continues.
  await field(page, 'Text').fill('From the laptop, later')
  // The other device saves again: Keep mine must show that text before it replaces it.
  await save(phone, 'From the phone, once more')
  await button(page, 'Keep mine').click()
  await expect(otherVersion.getByRole('insertion').last()).toContainText('once more')
  await button(page, 'Keep mine').click()
  await expect(saveStatus(page)).toContainText('Saved')
  await expect(otherVersion).toBeHidden()
  await expect(field(page, 'Text')).toBeFocused()
  await field(page, 'Text').fill('From the laptop, even later')
  await page.getByRole('link', { name: 'All notes' }).click()
  await expect(note(page, 'Plan')).toContainText('From the laptop, even later')

  await phone.reload()
  await expect(field(phone, 'Text')).toHaveValue('From the laptop, even later')
})

test('conflict: the other version can be taken, edited and undone', async ({ page }) => {
  await save(phone, 'From the phone')
  await field(page, 'Text').fill('From the laptop')
  await page.keyboard.press('Control+s')
  await button(page, 'Use stored version').click()

  await expect(field(page, 'Text')).toHaveValue('From the phone')
  await button(page, 'Restore my version').click()
  await expect(field(page, 'Text')).toHaveValue('From the laptop')
  await expect(field(page, 'Text')).toBeFocused()
  await save(page, 'From the phone, and more')
  await phone.reload()
  await expect(field(phone, 'Text')).toHaveValue('From the phone, and more')
})

test('conflict: both changes can be merged', async ({ page }) => {
  await save(phone, 'One\nTwo\nThree and a half')
  await field(page, 'Text').fill('Half\nOne\nTwo\nThree')
  await page.keyboard.press('Control+s')
  // A double click merges once.
  await button(page, 'Merge').dblclick()
  await expect(field(page, 'Text')).toHaveValue('Half\nOne\nTwo\nThree and a half')
  await expect(saveStatus(page)).toContainText('Saved')
  await phone.reload()
  await expect(field(phone, 'Text')).toHaveValue('Half\nOne\nTwo\nThree and a half')
})

test('conflict: the text of a note deleted elsewhere can be saved as a new note', async ({ page }) => {
  await button(phone, 'Delete').click()
  await button(phone.getByRole('dialog', { name: 'Delete this note?' }), 'Delete note').click()
  await expect(phone.getByRole('status')).toHaveText('Note deleted.')
  const former = page.url()

  await field(page, 'Text').fill('From the laptop')
  await expect(saveStatus(page)).toContainText('Not saved: this note was deleted elsewhere.')
  await field(page, 'Text').fill('From the laptop, later')
  await button(page, 'Save it as a new note').click()
  await expect(saveStatus(page)).toContainText('Saved')
  await expect(page).not.toHaveURL(former)
  await page.reload()
  await expect(field(page, 'Text')).toHaveValue('From the laptop, later')
})

test('conflict: an unchanged note follows the other device', async ({ page }) => {
  await page.clock.install()
  await save(phone, 'From the phone')
  await returnToWindow(page)
  await expect(field(page, 'Text')).toHaveValue('From the phone')
  await expect(saveStatus(page)).toContainText('Changed elsewhere')

  await button(phone, 'Delete').click()
  await button(phone.getByRole('dialog'), 'Delete note').click()
  await expect(title(phone)).toHaveText('Your notes')
  await returnToWindow(page)
  await expect(page.getByRole('heading', { name: 'This note was deleted elsewhere' })).toBeVisible()
  await button(page, 'Discard').click()
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
})

/** Returns the focus after 10 seconds in another window, while the page stayed visible. */
async function returnToWindow(page: Page): Promise<void> {
  await page.clock.fastForward(10_000)
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
}
