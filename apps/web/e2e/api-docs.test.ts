import { accessibilityViolations, horizontalOverflow } from './setup/accessibility.ts'
import { title } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

test('API documentation: works without JavaScript, and every entry of its contents leads to an operation', async ({
  browser,
  server,
}) => {
  await using context = await browser.newContext({ javaScriptEnabled: false, baseURL: server.url })
  const page = await context.newPage()
  await page.goto('/api/docs')
  await expect(title(page)).toHaveText(/ API$/)
  const contents = page.getByRole('navigation', { name: 'Contents' })
  await contents.getByRole('link', { name: '/auth/login' }).click()
  await expect(page).toHaveURL('/api/docs#authLogin')
  const operation = page.locator('article:target')
  await expect(operation).toBeInViewport()
  await expect(operation).toContainText('POST /api/v1/auth/login')
  await operation.getByRole('link', { name: 'INVALID_CREDENTIALS' }).click()
  await expect(page.locator('article:target')).toContainText('Wrong user name or password.')
})

test('API documentation: every link inside the page has a target', async ({ page }) => {
  await page.goto('/api/docs')
  const broken = await page.locator('a[href^="#"]').evaluateAll((links) =>
    links.flatMap((link) => {
      const id = link.getAttribute('href')?.slice(1) ?? ''
      return document.getElementById(id) === null ? [id] : []
    }),
  )
  expect(broken).toEqual([])
})

test('API documentation: is accessible, also on a narrow screen and in the dark', async ({ page }) => {
  for (const [colorScheme, rules] of [
    ['light', 'all'],
    ['dark', 'colours and sizes'],
  ] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto('/api/docs')
    expect(await accessibilityViolations(page, rules), colorScheme).toEqual([])
    expect(await horizontalOverflow(page), colorScheme).toEqual([])
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  expect(await horizontalOverflow(page)).toEqual([])
})
