import type { Locator, Page } from '@playwright/test'

import type { Person } from './people.ts'

/** Fills the log-in that is on screen and sends it. */
export async function logIn(page: Page, { username, password }: Person): Promise<void> {
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await button(page, 'Log in').click()
}

/** Opens the editor for a new note and fills it; nothing is saved yet. */
export async function draftNote(page: Page, title: string, body: string): Promise<Locator> {
  await button(page, 'New note').click()
  const form = page.getByRole('form', { name: 'New note' })
  await form.getByLabel('Title').fill(title)
  await form.getByLabel('Text').fill(body)
  return form
}

export async function writeNote(page: Page, title: string, body: string): Promise<void> {
  const form = await draftNote(page, title, body)
  await button(form, 'Save note').click()
}

export function button(place: Page | Locator, name: string): Locator {
  return place.getByRole('button', { name, exact: true })
}

export function title(page: Page): Locator {
  return page.getByRole('heading', { level: 1 })
}

/** The card of a note in the list. */
export function note(page: Page, name: string): Locator {
  return page.getByRole('article', { name, exact: true })
}
