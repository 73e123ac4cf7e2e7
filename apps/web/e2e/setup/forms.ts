import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import type { Credentials } from './actors.ts'

/** Fills in and submits the visible log-in form. */
export async function logIn(page: Page, { username, password }: Credentials): Promise<void> {
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await button(page, 'Log in').click()
}

/** Answers the prompt for the password before a dangerous change. */
export async function confirmPassword(page: Page, { password }: Credentials): Promise<void> {
  const prompt = page.getByRole('dialog', { name: 'Confirm your password' })
  await prompt.getByLabel('Password', { exact: true }).fill(password)
  await button(prompt, 'Confirm').click()
}

export function button(place: Page | Locator, name: string): Locator {
  return place.getByRole('button', { name, exact: true })
}

/**
 * Waits until the app has replaced the form of index.html. A script that begins to read an element of that
 * form may end when it has left the page: it has no style then, and its form cannot be submitted.
 */
export async function earlyFormGone(page: Page): Promise<void> {
  await expect(page.locator('.app-early')).toHaveCount(0)
}

/** Submits a form as a password manager does. */
export async function submitWithoutButton(form: Locator): Promise<void> {
  await earlyFormGone(form.page())
  await form.evaluate((element) => element instanceof HTMLFormElement && element.requestSubmit())
}

/** Opens the account menu of the header and returns it. */
export async function openAccountMenu(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^Account menu/ }).click()
  return page.locator(':popover-open')
}

/** Chooses "Log out" in the account menu. Does not wait for the response. */
export async function chooseLogOut(page: Page): Promise<void> {
  await button(await openAccountMenu(page), 'Log out').click()
}

/**
 * Logs out, and waits until the session ended: a page that is opened earlier would read the old session, and
 * leave the log-in form when the response arrives.
 */
export async function logOut(page: Page): Promise<void> {
  await chooseLogOut(page)
  await expect(title(page)).toHaveText('Log in')
}

/** Opens the profile by the account menu. */
export async function openAccount(page: Page): Promise<void> {
  await (await openAccountMenu(page)).getByRole('link', { name: 'Your account' }).click()
}

export function title(page: Page): Locator {
  return page.getByRole('heading', { level: 1 })
}

/** Locates the lock screen: the log-in dialog over a page whose session ended. */
export function lockScreen(page: Page): Locator {
  return page.getByRole('dialog', { name: 'You have been logged out' })
}

/** The lock screen's error for a wrong password, and for the right one of a closed or disabled account. */
export const lockScreenLoginFailure =
  'Wrong user name or password. If you are sure of both, the account may have been disabled or closed: ask an admin.'

/** Logs the same user in on the lock screen, where the user name is already filled in. */
export async function unlockWithPassword(page: Page, { password }: Credentials): Promise<void> {
  const dialog = lockScreen(page)
  await dialog.getByLabel('Password', { exact: true }).fill(password)
  await button(dialog, 'Log in').click()
}

/**
 * Returns password fields outside a form, and those in a form that a native submit would send to another URL
 * or put into the address bar.
 */
export function leakyPasswordForms(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('input[autocomplete$="-password"]')]
    return fields
      .filter(({ form }) => form?.getAttribute('method') !== 'post' || form.action !== location.href)
      .map(({ form, name }) => `${name}: ${form?.method ?? 'no form'} ${form?.action ?? ''}`)
  })
}

/** Returns the main buttons of the page that another button of the same row follows. */
export function misplacedMainButtons(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const ofRow = ':is(button, a)[class*="button-button"]'
    return [...document.querySelectorAll(':is(.button-primary, .button-final)')]
      .filter((main) => main.matches(`:has(~ ${ofRow})`))
      .map((main) => main.textContent)
  })
}
