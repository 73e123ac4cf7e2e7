import { signupInput } from '@app/contract/testing'
import { expect } from '@playwright/test'
import { call, newCredentials, signUp } from '../setup/actors.ts'
import { button } from '../setup/forms.ts'
import { fulfillCalls } from '../setup/fulfill-calls.ts'
import type { States } from '../states/state.ts'

/** Lists with more than one page. */
export const longListStates: States = {
  'notes-loaded-more': async (page, server) => {
    await signUp(page, server, 'ada')
    for (let batch = 0; batch < 5; batch += 1) {
      const notes = Array.from({ length: 26 }, (_, index) => ({
        title: `Note ${batch}-${index}`,
        body: '',
      }))
      await Promise.all(notes.map((each) => call(page, server, 'notes.create', each)))
    }
    await page.goto('/')
    await button(page, 'Load more').click()
    await expect(page.getByText('The newest 120')).toBeVisible()
    await button(page, 'Load more').click()
    await expect(page.getByText('130 notes', { exact: true })).toBeVisible()
    await expect(button(page, 'Load more')).toBeHidden()
  },
  'users-second-page': async (page, server) => {
    const family = `f${crypto.randomUUID().slice(-6)}`
    for (let index = 10; index < 31; index += 1)
      await call(
        page,
        server,
        'auth.signup',
        signupInput({ ...newCredentials('any'), username: `${family}-${index}` }),
      )
    await page.goto(`/users?search=${family}`)
    await button(page, 'Next').click()
    await expect(page.getByText('Page 2')).toBeVisible()
    await expect(page.getByRole('table').locator('tbody tr')).toHaveCount(1)
  },
  'users-none-found-so-far': async (page, server) => {
    await signUp(page, server, 'ada')
    // The response of a search that reached its scan limit. A server test creates that many users.
    const scanLimitReached = { result: { data: { items: [], nextCursor: 'from-here' } } }
    await fulfillCalls(page, 'users.list', { status: 200, json: scanLimitReached })
    await page.goto('/users?search=ada')
    await expect(page.getByRole('heading', { name: /so far$/ })).toBeVisible()
    await expect(button(page, 'Next')).toBeVisible()
  },
}
