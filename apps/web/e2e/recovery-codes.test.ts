import { readFile } from 'node:fs/promises'
import { signUp } from './setup/actors.ts'
import { button, title } from './setup/forms.ts'
import { codeField, codeOf, openSetUp } from './setup/second-factor.ts'
import { expect, test } from './setup/test.ts'

test('recovery codes: are copied, downloaded and printed', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute('data-asked-to-print', '')
  })
  const secret = await openSetUp(page)
  await codeField(page.getByRole('dialog')).fill(await codeOf(secret))
  await button(page.getByRole('dialog'), 'Turn on').click()
  const sheet = page.getByRole('dialog', { name: 'Save your recovery codes' })
  await expect(sheet.getByRole('listitem')).toHaveCount(10)
  const codes = await sheet.getByRole('listitem').allInnerTexts()
  await page.setViewportSize({ width: 320, height: 640 })
  const text = sheet.locator('code').first()
  expect(await text.evaluate((code) => code.getClientRects().length)).toBe(1)

  await button(sheet, 'Copy').click()
  await expect(sheet.getByText('Copied')).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  const [download] = await Promise.all([page.waitForEvent('download'), button(sheet, 'Download').click()])
  const saved = await readFile(await download.path(), 'utf8')
  for (const code of codes) {
    expect(copied).toContain(code)
    expect(saved).toContain(code)
  }
  await button(sheet, 'Print').click()
  await expect(page.locator('html[data-asked-to-print]')).toHaveCount(1)
  await button(sheet, 'Done').click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(title(page)).toBeFocused()
  await page.context().clearPermissions()
})
