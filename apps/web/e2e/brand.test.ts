import { accessibilityViolations } from './setup/accessibility.ts'
import { signUp } from './setup/actors.ts'
import { button, title } from './setup/forms.ts'
import { brand } from './setup/second-brand.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'
import { useSecondBrand } from './setup/use-brand.ts'

test('brand: another mark, accent, radius and font change the pages, and keep the contrast', async ({
  page,
  server,
}) => {
  await useSecondBrand(page)
  await page.goto('/login')
  const submit = button(page, 'Log in')
  await expect(submit).toHaveCSS('border-radius', `${brand.radius}px`)
  await expect(submit).toHaveCSS('font-family', /^Georgia/)
  for (const place of ['banner', 'main'] as const)
    await expect(page.getByRole(place).locator('svg path').first()).toHaveAttribute('d', brand.mark)
  // The hue of the accent, in a lightness that keeps the contrast. `color-contrast` of axe measures it.
  await expect(submit).toHaveCSS('background-color', /^oklch\(0\.5 [\d.]+ (?:8\d|9\d)/)
  expect(await accessibilityViolations(page), 'light').toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await accessibilityViolations(page, 'colours and sizes'), 'dark').toEqual([])

  await signUp(page, server, 'ada')
  await page.goto('/')
  await expect(title(page)).toHaveText(startTitle)
  expect(await accessibilityViolations(page), 'dark, logged in').toEqual([])
})
