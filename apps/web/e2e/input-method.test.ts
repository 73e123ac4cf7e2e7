import type { Locator } from '@playwright/test'
import { logInAsAdmin } from './setup/admins.ts'
import { expect, test } from './setup/test.ts'

test('input method: its Enter chooses no suggestion, and its Escape clears no search', async ({
  page,
  server,
}) => {
  const { username } = await logInAsAdmin(page, server)
  await page.goto('/audit')
  const filter = page.getByRole('combobox', { name: 'User' })
  await filter.fill(username)
  await expect(page.getByRole('option', { name: username })).toHaveAttribute('aria-selected', 'true')
  await pressWhileComposing(filter, 'Enter')
  await expect(filter).toHaveValue(username)
  await expect(page).toHaveURL('/audit')
  await pressWhileComposing(filter, 'Escape')
  await expect(page.getByRole('option', { name: username })).toBeVisible()

  await page.goto('/users')
  const search = page.getByRole('searchbox')
  await search.fill(username)
  await pressWhileComposing(search, 'Escape')
  await expect(search).toHaveValue(username)
})

/** Presses a key as an input method does while it composes a word, on macOS with this name of the key. */
function pressWhileComposing(field: Locator, key: string): Promise<void> {
  return field.dispatchEvent('keydown', { key, isComposing: true })
}
