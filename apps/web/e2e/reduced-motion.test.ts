import type { Page } from '@playwright/test'
import { signUp } from './setup/actors.ts'
import { intercept } from './setup/intercept.ts'
import { expect, test } from './setup/test.ts'

test('reduced motion: skeletons are animated only without the preference', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  await intercept(page, '*/trpc/*users.list*', 'hold')
  for (const reducedMotion of ['reduce', 'no-preference'] as const) {
    await page.emulateMedia({ reducedMotion })
    await page.goto('/users')
    await expect(page.getByRole('main').locator('[aria-busy=true]')).toHaveCSS('opacity', '1')
    expect((await countAnimations(page)) > 0, reducedMotion).toBe(reducedMotion === 'no-preference')
  }
})

/** Counts the animations that take longer than a millisecond, which is too short to see. */
function countAnimations(page: Page): Promise<number> {
  return page.evaluate(
    () => document.getAnimations().filter(({ effect }) => Number(effect?.getTiming().duration) > 1).length,
  )
}
