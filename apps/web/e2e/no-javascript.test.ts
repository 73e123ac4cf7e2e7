import { expect, test } from './setup/test.ts'

test('whoever has turned scripts off is told so on the first screen', async ({ browser, server }) => {
  await using context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(server.url)
  await expect(page.locator('noscript')).toBeInViewport()
})
