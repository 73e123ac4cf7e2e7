import { title } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

test('no JavaScript: the first screen shows the mark and what to do', async ({ browser, server }) => {
  await using context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  for (const path of ['/', '/login']) {
    await page.goto(`${server.url}${path}`)
    await expect(title(page)).toHaveText('JavaScript is turned off')
    await expect(title(page)).toBeInViewport()
    const main = page.getByRole('main')
    await expect(main).toContainText('Turn it on in the settings of your browser, then reload the page.')
    await expect(main.locator('svg')).toBeInViewport()
    await expect(main).toHaveCSS('text-align', 'center')
    await expect(main.getByRole('link', { name: 'Reload the page' })).toHaveAttribute('href', '')
    // Neither the outline of the form nor the sentence about a slow page is shown.
    await expect(page.locator('.app-outline')).toBeHidden()
    await expect(page.locator('.app-late')).toBeHidden()
  }
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' })
  await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(255, 255, 255)')
})
