import { renderMail } from '@app/mails'
import { exampleData, exampleValues, mailKinds } from '@app/mails/testing'
import { accessibilityViolations, applyTextSpacing, horizontalOverflow } from './setup/accessibility.ts'
import { expect, test } from './setup/test.ts'

test('mails: are accessible in light and dark', async ({ page }) => {
  const data = exampleData(exampleValues.usual)
  for (const kind of mailKinds()) {
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setContent(renderMail(kind, data[kind]).html)
    expect(await accessibilityViolations(page), kind).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await accessibilityViolations(page, 'colours and sizes'), `${kind}, dark`).toEqual([])
  }
})

test('mails: fit into 320 pixels, with long and bidirectional values and text spacing', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  for (const [name, values] of Object.entries(exampleValues)) {
    const data = exampleData(values)
    for (const kind of mailKinds()) {
      await page.setContent(renderMail(kind, data[kind]).html)
      await applyTextSpacing(page)
      expect(await horizontalOverflow(page), `${kind}, ${name}`).toEqual([])
    }
  }
})

test('mails: load nothing and run no script', async ({ page }) => {
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  const data = exampleData({
    ...exampleValues.usual,
    username: '<img src=https://a.example/ onerror=alert(1)>',
  })
  for (const kind of mailKinds()) {
    await page.setContent(renderMail(kind, data[kind]).html, { waitUntil: 'load' })
    await expect(page.locator('img, script, link')).toHaveCount(0)
  }
  expect(requests).toEqual([])
})
