import { newCredentials } from './setup/actors.ts'
import { delayResponses } from './setup/delay-responses.ts'
import { expect, test } from './setup/test.ts'

const wordLists = /\/assets\/(?:common|english)-words-[^/]+\.js$/

// With an empty cache, the word lists come from the server.
test.use({ isFirstVisit: true })

test('password strength: before all words are loaded, only weak passwords get a result', async ({ page }) => {
  const release = await delayResponses(page, wordLists)
  await page.goto('/signup')
  const password = page.getByLabel('Password', { exact: true })
  const hint = password.locator('xpath=../..').locator('[aria-live=polite]')

  await password.fill('password1')
  await expect(hint).toHaveText('Very easy to guess. This is a commonly used password.')
  // One is on the list of common passwords, but not among the first; one is a word of the English list.
  for (const typed of ['lothlorien', 'refrigerator', newCredentials('grace').password]) {
    await password.fill(typed)
    await expect(hint).toHaveText('Checking how hard it is to guess.')
  }

  await password.fill('refrigerator')
  await expect(hint).toHaveText('Checking how hard it is to guess.')
  release()
  await expect(hint).toHaveText(/^(?:Very e|E)asy to guess\./)
})

test('password strength: without all words, a password is not called hard to guess', async ({
  page,
  pageErrors,
}) => {
  pageErrors.allow(/net::ERR_FAILED/)
  await page.route(wordLists, (route) => route.abort())
  await page.goto('/signup')
  const password = page.getByLabel('Password', { exact: true })
  const hint = password.locator('xpath=../..').locator('[aria-live=polite]')
  await password.fill('password1')
  await expect(hint).toHaveText('Very easy to guess. This is a commonly used password.')
  await password.fill(newCredentials('grace').password)
  await expect(hint).toHaveText(/^A few unrelated words/)
})
