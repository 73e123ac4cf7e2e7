import { expect, test } from './setup/test.ts'

test('no JavaScript: the first screen says that the app needs it', async ({ browser, server }) => {
  await using context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(server.url)
  await expect(page.locator('noscript')).toBeInViewport()
})
