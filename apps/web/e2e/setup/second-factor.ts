import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'
import { generate } from 'otplib'
import { button } from './forms.ts'

/** What the user keeps after setting up an authenticator app. */
export interface Factor {
  secret: string
  recoveryCodes: string[]
}

/**
 * Returns the code that an authenticator app shows.
 * @param stepsAhead 1: the next code, which the server takes too, because the current one may be used up
 */
export function codeOf(secret: string, stepsAhead = 0): Promise<string> {
  return generate({ secret, epoch: Math.floor(Date.now() / 1_000) + 30 * stepsAhead })
}

/** Returns a code that is wrong now and in the next half-minute, and differs for each number. */
export async function wrongCodeOf(secret: string, number = 0): Promise<string> {
  const right = await Promise.all([-1, 0, 1, 2].map((steps) => codeOf(secret, steps)))
  const codes = Array.from({ length: number + 5 }, (_, index) => String(index).padStart(6, '0'))
  return codes.filter((code) => !right.includes(code))[number] ?? ''
}

/** Locates the field for a code of the authenticator app. */
export function codeField(place: Page | Locator): Locator {
  return place.getByRole('textbox', { name: 'Code', exact: true })
}

/** Opens the dialog that sets up an authenticator app, and returns the key that it shows. */
export async function openSetUp(page: Page, url = ''): Promise<string> {
  await page.goto(`${url}/account/security`)
  await button(page, 'Set up').click()
  const key = page.getByRole('dialog').locator('code')
  await expect(key).toHaveText(/^[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}$/)
  return ((await key.textContent()) ?? '').replaceAll(' ', '')
}

/** Sets up an authenticator app for the user who is logged in. */
export async function setUpAuthenticator(page: Page, url = ''): Promise<Factor> {
  const secret = await openSetUp(page, url)
  const dialog = page.getByRole('dialog')
  await codeField(dialog).fill(await codeOf(secret))
  await button(dialog, 'Turn on').click()
  const codes = page.getByRole('dialog', { name: 'Save your recovery codes' })
  await expect(codes.getByRole('listitem')).toHaveCount(10)
  const recoveryCodes = await codes.getByRole('listitem').allInnerTexts()
  await closeCodes(page)
  return { secret, recoveryCodes }
}

/** Closes the dialog with new recovery codes without saving them. */
export async function closeCodes(page: Page): Promise<void> {
  await button(page.getByRole('dialog', { name: 'Save your recovery codes' }), 'Done').click()
  await button(page, 'I have saved them').click()
}
