import type { Locator, Page } from '@playwright/test'
import { devices, logInElsewhere, signUp } from './setup/actors.ts'
import { button } from './setup/forms.ts'
import { codeField, codeOf, openSetUp } from './setup/second-factor.ts'
import type { Server } from './setup/start-server.ts'
import { expect, test } from './setup/test.ts'

const sizes = [
  { width: 320, height: 480 },
  { width: 640, height: 400 },
  { width: 1100, height: 600 },
]
const longText = 'Die Authentifizierungsanwendung wurde hinzugefügt. '.repeat(4)

test('message of a dialog: covers no part of it, whatever the size of both', async ({ page, server }) => {
  const { dialog, message } = await openCodes(page, server)
  for (const fontSize of ['100%', '200%']) {
    await page.evaluate((size) => (document.documentElement.style.fontSize = size), fontSize)
    for (const text of ['Added.', longText]) {
      // As a translator does.
      await message.evaluate((element, translated) => (element.textContent = translated), text)
      for (const size of sizes) {
        await page.setViewportSize(size)
        const at = `${text.slice(0, 6)} ${fontSize} ${size.width} × ${size.height}`
        await scrollTo(dialog, 0)
        const [window, own, above] = [await boxOf(dialog), await boxOf(message), await boxOf(heading(dialog))]
        expect(window.bottom, at).toBeLessThanOrEqual(size.height)
        expect(own.top, at).toBeGreaterThanOrEqual(0)
        expect(own.bottom, at).toBeLessThanOrEqual(above.top)
        await scrollTo(dialog, 100_000)
        await expect(button(dialog, 'Done'), at).toBeInViewport({ ratio: 1 })
        expect((await boxOf(message)).bottom, at).toBeLessThan((await boxOf(button(dialog, 'Done'))).top)
      }
    }
  }
})

test('message of a dialog: the keyboard dismisses it, and the focus stays in the dialog', async ({
  page,
  server,
}) => {
  const { dialog, message } = await openCodes(page, server)
  // The message comes before the first control, which has the focus.
  await page.keyboard.press('Shift+Tab')
  await expect(button(dialog, 'Dismiss message')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(message).toHaveCount(0)
  await expect(dialog).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(button(dialog, 'Copy')).toBeFocused()
})

test('message of a dialog: moves to the page when the dialog closes', async ({ page, server }) => {
  const { dialog, message } = await openCodes(page, server)
  await button(dialog, 'Done').click()
  await button(page, 'I have saved them').click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(message).toBeInViewport({ ratio: 1 })
  await button(page, 'Dismiss message').click()
  await expect(page.getByRole('main')).toBeFocused()
})

test('message of the page: stays behind a dialog that opens later', async ({ page, server }) => {
  const ada = await signUp(page, server, 'ada')
  for (const device of [devices.phone, devices.laptop]) await logInElsewhere(server, ada, device)
  await page.goto('/account/sessions')
  await button(page, 'End session Safari on iPhone').click()
  const message = page.getByText('Session ended: Safari on iPhone.')
  const before = await message.screenshot({ animations: 'disabled' })
  await button(page, 'End all other sessions').click()
  const dialog = page.getByRole('dialog')
  await expect(button(dialog, 'Cancel')).toBeFocused()
  await expect(dialog.locator('[data-message]')).toHaveCount(0)
  // The backdrop dims what is behind it. All outside the dialog is inert, so `elementFromPoint` finds no
  // difference.
  expect(before.equals(await message.screenshot({ animations: 'disabled' }))).toBe(false)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  expect(before.equals(await message.screenshot({ animations: 'disabled' }))).toBe(true)
  await button(page, 'Dismiss message').click()
  await expect(message).toHaveCount(0)
})

/** Opens the dialog with new recovery codes, with the message about the authenticator app. */
async function openCodes(page: Page, server: Server) {
  await signUp(page, server, 'ada')
  const secret = await openSetUp(page)
  await codeField(page).fill(await codeOf(secret))
  await button(page, 'Turn on').click()
  const dialog = page.getByRole('dialog', { name: 'Save your recovery codes' })
  const message = page.locator('[data-message] p')
  await expect(message).toHaveText('Authenticator app added.')
  return { dialog, message }
}

function heading(dialog: Locator): Locator {
  return dialog.getByRole('heading')
}

async function scrollTo(dialog: Locator, top: number): Promise<void> {
  await dialog.evaluate((element, to) => element.scrollTo(0, to), top)
}

async function boxOf(element: Locator): Promise<{ top: number; bottom: number }> {
  return element.evaluate((each) => {
    const { top, bottom } = each.getBoundingClientRect()
    return { top, bottom }
  })
}
