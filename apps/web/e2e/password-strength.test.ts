import type { Locator } from '@playwright/test'
import { newCredentials } from './setup/actors.ts'
import { button, title } from './setup/forms.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'

test('password strength: shows how easy the password is to guess, without a layout shift', async ({
  page,
}) => {
  const loaded: string[] = []
  page.on('request', (request) => loaded.push(request.url()))
  await page.goto('/signup')
  const grace = newCredentials('grace')
  const password = page.getByLabel('Password', { exact: true })
  const hint = password.locator('xpath=../..').locator('[aria-live=polite]')
  const below = page.getByLabel('Name (optional)')
  await page.getByLabel('User name').fill(grace.username)
  expect(loaded.filter((url) => url.includes('strength-worker'))).toEqual([])

  for (const width of [1100, 320]) {
    await page.setViewportSize({ width, height: 800 })
    await password.clear()
    await expect(hint).toContainText('A few unrelated words')
    const before = await distance(password, below)
    for (const [typed, verdict] of [
      ['password1', 'Very easy to guess. This is a commonly used password.'],
      [`${grace.username}1`, /guess\. Words about you are guessed first\.$/],
      ['abcabcabcabc', /^(?:Very e|E)asy to guess\. Repeated character patterns/],
      [grace.password, 'Very hard to guess.'],
      ['Aq7$kZ!m'.repeat(8) + '\u{1f511}x'.repeat(64), /guess/],
    ] as const) {
      await password.fill(typed)
      await expect(hint).toHaveText(verdict)
      // Scrolling changes fractions of a pixel.
      expect(await distance(password, below)).toBeCloseTo(before, 0)
    }
  }
  expect(loaded.filter((url) => url.includes('strength-worker'))).toHaveLength(1)

  // A visible password still does not count as personal data.
  await password.fill('password1')
  await expect(hint).toContainText('Very easy to guess.')
  await button(page, 'Show password').click()
  await password.fill(grace.password)
  await expect(hint).toHaveText('Very hard to guess.')

  // Text typed into another field afterwards counts as personal data.
  await page.getByLabel('Name (optional)').fill(grace.password)
  await expect(hint).toContainText('Words about you are guessed first.')
  await page.getByLabel('Name (optional)').fill('Grace')
  await expect(hint).toHaveText('Very hard to guess.')

  await button(page, 'Sign up').click()
  await expect(title(page)).toHaveText(startTitle)
})

/** Measures from the top of one element to the top of the other, independent of scrolling. */
async function distance(one: Locator, other: Locator): Promise<number> {
  const [from, to] = [await one.boundingBox(), await other.boundingBox()]
  return (to?.y ?? Number.NaN) - (from?.y ?? Number.NaN)
}
