import { signupInput } from '@app/contract/testing'
import type { Page } from '@playwright/test'
import { call, newCredentials } from './setup/actors.ts'
import { logInAsAdmin } from './setup/admins.ts'
import { expect, test } from './setup/test.ts'

test.use({ viewport: { width: 320, height: 640 } })

/** Of the times that the list shows, these are among the longest. */
const longTimes = {
  '59 seconds ago': 59_500,
  '59 minutes ago': 59.5 * 60_000,
  '11 months ago': 350 * 86_400_000,
}

test('users: at 320 px no fact of a user covers the next one', async ({ page, server }) => {
  const name = 'Wilhelmina Henrietta Theodora von und zu Hohenstein-Oberburg the Younger'
  const { username } = newCredentials('a-rather-long-user-name')
  const { user } = await call(
    page,
    server,
    'auth.signup',
    signupInput({ ...newCredentials('any'), username, name }),
  )
  const signedUpAt = Date.parse(user.createdAt)

  const own = page.getByRole('row', { name })
  await page.clock.setFixedTime(signedUpAt + 59.5 * 60_000)
  await page.goto('/users')
  await expect(own).toContainText('Last log-in 59 minutes ago')
  expect(await coveredFacts(page)).toEqual([])

  await logInAsAdmin(page, server)
  for (const [text, ms] of Object.entries(longTimes)) {
    await page.clock.setFixedTime(signedUpAt + ms)
    await page.goto(`/users?search=${username}`)
    await expect(own).toContainText(text)
    expect(await coveredFacts(page)).toEqual([])
  }
})

/** Returns the facts of a user whose text goes beyond the edge of its cell. */
function coveredFacts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cells = [...document.querySelectorAll<HTMLElement>('tbody td[data-label], tbody th')]
    return cells.flatMap((cell) => {
      const shown = [...cell.querySelectorAll('time > span:first-child, time:not(:has(span))')]
      const edge = cell.getBoundingClientRect().right
      return shown
        .filter((each) => each.getBoundingClientRect().right > edge + 0.5)
        .map((each) => `${cell.dataset['label']}: ${each.textContent}`)
    })
  })
}
