import type { Page } from '@playwright/test'
import { signUp } from '../setup/actors.ts'
import { failureResponse } from '../setup/failure-response.ts'
import { button } from '../setup/forms.ts'
import { removeRoutes } from '../setup/remove-routes.ts'
import { expect, test } from '../setup/test.ts'
import { reactAndDomText, translatePages, translators } from '../setup/translate.ts'
import { field, saveStatus } from './note-page.ts'

for (const how of translators) {
  test(`translated page: typing continues after the first save (translator: ${how})`, async ({
    page,
    server,
    pageErrors,
  }) => {
    pageErrors.allow(/net::ERR_FAILED/)
    await signUp(page, server, 'ada')
    await translatePages(page, how)
    await page.clock.install()
    await page.goto('/notes/new')
    await expect(page.locator('h1 font font')).toHaveText('New note')
    await write(page, 'Flour')
    await expect(saveStatus(page)).toContainText('Saved')
    // The clock is paused, so only the user's actions save.
    await page.clock.pauseAt(Date.now() + 60_000)
    await field(page, 'Text').fill('Flour and pears')
    await expect(saveStatus(page)).toContainText('Saving…')

    // The state, its button and its countdown are separate texts in one element.
    await page.route('**/trpc/notes.update', (route) => route.abort())
    await page.keyboard.press('Control+s')
    await expect(saveStatus(page)).toContainText('Not saved: the server cannot be reached. Trying again…')
    await removeRoutes(page)
    await button(saveStatus(page), 'Try now').click()
    await expect(saveStatus(page)).toContainText('Saved')
    await expect(saveStatus(page)).not.toContainText('Trying')

    // The seconds change in the middle of a sentence.
    await page.route('**/trpc/notes.update', (route) =>
      route.fulfill(failureResponse(429, { reason: 'RATE_LIMITED', retryAfterSeconds: 90 })),
    )
    await write(page, 'Flour, pears and lemons')
    await expect(saveStatus(page)).toContainText('Trying again in 1:')
    await page.clock.fastForward(30_000)
    await expect(saveStatus(page)).toContainText(/Trying again in (?:0:5\d|1:00)\./)
    const { react, dom } = await reactAndDomText(page)
    expect(dom).toBe(react)
    await removeRoutes(page)
    await button(saveStatus(page), 'Try now').click()
    await expect(saveStatus(page)).toContainText('Saved')
    await page.clock.resume()
    await page.getByRole('link', { name: 'All notes' }).click()
    await expect(page.getByRole('article')).toContainText('Flour, pears and lemons')
  })
}

async function write(page: Page, text: string): Promise<void> {
  await field(page, 'Text').fill(text)
  await page.keyboard.press('Control+s')
}
