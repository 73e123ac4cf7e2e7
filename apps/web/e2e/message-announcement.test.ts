import type { Page } from '@playwright/test'
import { devices, logInElsewhere, signUp } from './setup/actors.ts'
import { expireSudo } from './setup/admins.ts'
import { button } from './setup/forms.ts'
import { codeField, codeOf, openSetUp } from './setup/second-factor.ts'
import type { Server } from './setup/start-server.ts'
import { expect, test } from './setup/test.ts'
import { withoutEventStream } from './setup/without-event-stream.ts'

test('message that comes with a dialog: the live region is in place a frame before the text', async ({
  page,
  server,
}) => {
  await signUp(page, server, 'ada')
  const secret = await openSetUp(page)
  await recordMessages(page)
  await codeField(page).fill(await codeOf(secret))
  await button(page, 'Turn on').click()
  const text = 'Authenticator app added.'
  await expect(page.getByRole('dialog').getByText(text)).toBeVisible()
  expect(await lastPlacement(page)).toEqual(['in Save your recovery codes', 'frame', text])
})

test('message in an open dialog, and after it closes: the live region is in place a frame before', async ({
  page,
  server,
}) => {
  const { held } = await endTwoSessions(page, server)
  await recordMessages(page)
  await button(page, 'End all other sessions').click()
  const dialog = page.getByRole('dialog', { name: 'End all other sessions?' })
  await expect(dialog).toBeVisible()
  held.resolve()
  const text = 'Session ended: Firefox on Windows.'
  await expect(dialog.getByText(text)).toBeVisible()
  expect(await lastPlacement(page)).toEqual(['in End all other sessions?', 'frame', text])

  await button(dialog, 'End other sessions').click()
  const last = 'One session ended. You are logged in on this device only.'
  await expect(page.getByText(last)).toBeVisible()
  await expect(dialog).toHaveCount(0)
  expect(await lastPlacement(page)).toEqual(['in the page', 'frame', last])
})

test('message while two dialogs are open: appears in the upper one', async ({ page, server }) => {
  const { ada, held } = await endTwoSessions(page, server)
  await button(page, 'End all other sessions').click()
  expireSudo(server, ada)
  await button(page.getByRole('dialog'), 'End other sessions').click()
  const prompt = page.getByRole('dialog', { name: 'Confirm your password' })
  await expect(prompt).toBeVisible()
  held.resolve()
  await expect(prompt.getByText('Session ended: Firefox on Windows.')).toBeVisible()
})

/**
 * Ends two of three other sessions on the page that lists them. The first message is shown; the browser gets
 * the second response when the caller resolves `held`.
 */
async function endTwoSessions(page: Page, server: Server) {
  await withoutEventStream(page)
  const ada = await signUp(page, server, 'ada')
  for (const device of Object.values(devices)) await logInElsewhere(server, ada, device)
  await page.goto('/account/sessions')
  await button(page, 'End session Safari on iPhone').click()
  await expect(page.getByText('Session ended: Safari on iPhone.')).toBeVisible()
  const held = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  await page.route('**/trpc/sessions.revoke', async (route) => {
    const response = await route.fetch()
    ended.resolve()
    await held.promise
    await route.fulfill({ response })
  })
  await button(page, 'End session Firefox on Windows').click()
  await ended.promise
  return { ada, held }
}

/** Records in order: where the live region of messages is placed, text that is added to it, and frames. */
async function recordMessages(page: Page): Promise<void> {
  await page.evaluate(() => {
    const changes: string[] = []
    Object.assign(window, { messageChanges: changes })
    const countFrame = () => {
      if (changes.at(-1) !== 'frame') changes.push('frame')
      requestAnimationFrame(countFrame)
    }
    countFrame()
    new MutationObserver((records) => {
      for (const { target, addedNodes } of records) {
        for (const node of addedNodes) {
          if (node instanceof Element && node.matches('[data-message]')) {
            changes.push(
              `in ${node.parentElement?.querySelector(':scope > div > h2')?.textContent ?? 'the page'}`,
            )
          } else if (target instanceof Element && target.matches('[data-message] [role=status]')) {
            changes.push(node.textContent ?? '')
          }
        }
      }
    }).observe(document, { childList: true, subtree: true })
  })
}

/** Returns the last placement of the region and what followed, without the frames after it. */
async function lastPlacement(page: Page): Promise<string[]> {
  const changes = await page.evaluate(
    () => (window as unknown as { messageChanges: string[] }).messageChanges,
  )
  const start = changes.findLastIndex((change) => change.startsWith('in '))
  return changes.slice(start, changes.at(-1) === 'frame' ? -1 : undefined)
}
