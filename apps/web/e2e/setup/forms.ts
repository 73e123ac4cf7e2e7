import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import type { Person } from './people.ts'

/** Fills the log-in that is on screen and sends it. */
export async function logIn(page: Page, { username, password }: Person): Promise<void> {
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await button(page, 'Log in').click()
}

/** Begins a new note and types; it saves by itself. */
export async function draftNote(page: Page, title: string, body: string): Promise<void> {
  await page.getByRole('link', { name: 'New note' }).click()
  await field(page, 'Title').fill(title)
  await field(page, 'Text').fill(body)
}

/** Writes a note, from the list back to the list. */
export async function writeNote(page: Page, title: string, body: string): Promise<void> {
  await draftNote(page, title, body)
  await expect(saving(page)).toContainText('Saved')
  await page.getByRole('link', { name: 'All notes' }).click()
}

/** From the list to the note. */
export async function openNote(page: Page, name: string): Promise<void> {
  await note(page, name).getByRole('link').click()
  await expect(field(page, 'Text')).toBeVisible()
}

/** A field of the editor. */
export function field(page: Page, name: 'Title' | 'Text'): Locator {
  return page.getByRole('textbox', { name, exact: true })
}

/** What the editor says about saving. */
export function saving(page: Page): Locator {
  return page.getByRole('group', { name: 'State of this note' })
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

/** The log-in that stands over a page whose session is over. */
export function logInOver(page: Page): Locator {
  return page.getByRole('dialog', { name: 'You have been logged out' })
}

/**
 * What a log-in over a page answers to a wrong password, and to the right one of an account that is closed or
 * disabled.
 */
export const wrongOrGone =
  'Wrong user name or password. If you are sure of both, the account may have been disabled or closed: ask an administrator.'

/** Logs the person in again who was here before: the name is there already. */
export async function logInAgain(page: Page, { password }: Person): Promise<void> {
  const dialog = logInOver(page)
  await dialog.getByLabel('Password', { exact: true }).fill(password)
  await button(dialog, 'Log in').click()
}

/**
 * Passwords outside a form, and forms that put one into the address bar or send it elsewhere when a program
 * submits them.
 */
export function leakingForms(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const secrets = [...document.querySelectorAll<HTMLInputElement>('input[autocomplete$="-password"]')]
    return secrets
      .filter(({ form }) => form?.getAttribute('method') !== 'post' || form.action !== location.href)
      .map(({ form, name }) => `${name}: ${form?.method ?? 'no form'} ${form?.action ?? ''}`)
  })
}
