import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { signUp } from '../setup/actors.ts'
import { intercept } from '../setup/intercept.ts'
import type { Open, Options } from './state.ts'

const asUser: Open = (page, server) => signUp(page, server, 'ada')

// The patterns also match a batch with `auth.session`, which a session event causes.

/** Opens a page whose list does not arrive. */
export function loading(procedure: string, path: string, label: string, enter = asUser): Open {
  return async (page, server) => {
    await enter(page, server)
    await intercept(page, `*/trpc/*${procedure}*`, 'hold')
    await page.goto(path)
    await expectSkeleton(page, label)
  }
}

/** Opens a page whose list cannot be read. */
export function unreachable(procedure: string, path: string, enter = asUser): Options {
  return {
    allowedErrors: /net::ERR_FAILED/,
    async open(page, server) {
      await enter(page, server)
      await intercept(page, `*/trpc/*${procedure}*`, 'fail')
      await page.goto(path)
      await expect(page.getByRole('alert')).toContainText('The server cannot be reached.')
    },
  }
}

export async function expectSkeleton(page: Page, label: string): Promise<void> {
  // The skeleton fades in after a moment.
  const skeleton = page.getByRole('main').locator('[aria-busy=true]')
  await expect(skeleton).toHaveText(label)
  await expect(skeleton).toHaveCSS('opacity', '1')
}
