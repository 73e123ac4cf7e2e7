import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

/** Types a new note, which saves automatically. */
export async function draftNote(page: Page, title: string, body: string): Promise<void> {
  await page.getByRole('link', { name: 'New note' }).click()
  await field(page, 'Title').fill(title)
  await field(page, 'Text').fill(body)
}

/** Writes a note, waits until it is saved, and returns to the list. */
export async function writeNote(page: Page, title: string, body: string): Promise<void> {
  await draftNote(page, title, body)
  await expect(saveStatus(page)).toContainText('Saved')
  await page.getByRole('link', { name: 'All notes' }).click()
}

/** Opens a note from the list. */
export async function openNote(page: Page, name: string): Promise<void> {
  await note(page, name).getByRole('link').click()
  await expect(field(page, 'Text')).toBeVisible()
}

/** Locates a field of the editor. */
export function field(page: Page, name: 'Title' | 'Text'): Locator {
  return page.getByRole('textbox', { name, exact: true })
}

/** Locates the save status of the editor. */
export function saveStatus(page: Page): Locator {
  return page.getByRole('group', { name: 'Save status' })
}

/** Locates the card of a note in the list. */
export function note(page: Page, name: string): Locator {
  return page.getByRole('article', { name, exact: true })
}

/** Types a text and saves it. Waits for the response, because the page may still show an earlier "Saved". */
export async function save(page: Page, text: string): Promise<void> {
  const response = page.waitForResponse(/notes\.update/)
  await field(page, 'Text').fill(text)
  await page.keyboard.press('Control+s')
  await response
  await expect(saveStatus(page)).toContainText('Saved')
}
