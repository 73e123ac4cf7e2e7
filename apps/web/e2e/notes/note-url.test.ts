import { signUp } from '../setup/actors.ts'
import { title } from '../setup/forms.ts'
import { expect, test } from '../setup/test.ts'

test('note URL: an invalid id shows a page with status 404, also within the app', async ({
  page,
  server,
  pageErrors,
}) => {
  pageErrors.allow(/status of 404 .*\/notes\/anything/)
  await signUp(page, server, 'ada')
  expect((await page.goto('/notes/anything'))?.status()).toBe(404)
  await expect(title(page)).toHaveText('Page not found')
  await page.goto('/')
  await page.evaluate(() => history.pushState(null, '', '/notes/no-id'))
  await expect(title(page)).toHaveText('Page not found')
})
