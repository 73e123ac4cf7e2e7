import type { Locator, Page } from '@playwright/test'
import type { Person } from './people.ts'

/** Fills the log-in that is on screen and sends it. */
export async function logIn(page: Page, { username, password }: Person): Promise<void> {
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await button(page, 'Log in').click()
}

export function button(place: Page | Locator, name: string): Locator {
  return place.getByRole('button', { name, exact: true })
}

export function title(page: Page): Locator {
  return page.getByRole('heading', { level: 1 })
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
