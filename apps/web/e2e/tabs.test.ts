import type { Page } from '@playwright/test'

import { button, logIn, note, title } from './setup/forms.ts'
import { call, signUp } from './setup/people.ts'
import { expect, test } from './setup/test.ts'

const secret = 'The key is under the third pot'

test('a log-out in one tab is noticed by the other', async ({ page, context, server }) => {
  await signUp(page, server, 'ada')
  await page.goto('/account')
  await expect(title(page)).toHaveText('Profile')
  const second = await context.newPage()
  await second.goto('/')
  await button(second, 'Log out').click()

  await expect(second.getByRole('status')).toHaveText('Successfully logged out.')
  await expect(page).toHaveURL('/login')
  await expect(page.getByRole('status')).toHaveText('You were logged out in another tab.')
})

test('the next person in the same browser never sees the notes of the one before', async ({
  page,
  context,
  openBrowser,
  server,
}) => {
  const ben = await signUp(await openBrowser(), server, 'ben')
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Only Ada', body: secret })
  await page.goto('/')
  await expect(note(page, 'Only Ada')).toContainText(secret)
  const second = await context.newPage()
  await second.goto('/')
  await expect(note(second, 'Only Ada')).toContainText(secret)

  await button(second, 'Log out').click()
  for (const tab of [page, second]) {
    await expect(title(tab)).toHaveText('Log in')
    await watchFor(tab, secret)
  }
  await logIn(second, ben)
  for (const tab of [page, second]) {
    await expect(title(tab)).toHaveText('Your notes')
    await expect(tab.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  }
  await second.goBack()
  await expect(title(second)).toHaveText('Your notes')

  for (const tab of [page, second]) expect(await wasSeen(tab)).toBe(false)
})

test('a tab that was not told of a change of person finds out by itself', async ({
  page,
  openBrowser,
  server,
}) => {
  const ben = await signUp(await openBrowser(), server, 'ben')
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Only Ada', body: secret })
  await page.clock.install()
  await page.goto('/')
  await expect(note(page, 'Only Ada')).toBeVisible()

  // In this browser, without any word to the tab.
  await call(page, server, 'auth.login', ben)
  await page.clock.fastForward(10_000)
  await page.getByRole('link', { name: /^Your account/ }).click()

  await expect(page.getByRole('region', { name: 'Account' })).toContainText(ben.username)
  await page.getByRole('link', { name: 'Notes' }).click()
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
})

test('a log-in in one tab brings the other one in', async ({ page, context, openBrowser, server }) => {
  const ada = await signUp(await openBrowser(), server, 'ada')
  await page.goto('/login?redirectTo=%2Faccount')
  const second = await context.newPage()
  await second.goto('/login')
  await logIn(second, ada)

  await expect(title(second)).toHaveText('Your notes')
  await expect(page).toHaveURL('/account')
})

/** Notes whether a text is in the page at any moment from now on, however short. */
function watchFor(page: Page, text: string): Promise<void> {
  return page.evaluate((wanted) => {
    const look = () => {
      if (document.body.textContent.includes(wanted)) document.documentElement.dataset['seen'] = 'yes'
    }
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true })
    look()
  }, text)
}

function wasSeen(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.dataset['seen'] === 'yes')
}
