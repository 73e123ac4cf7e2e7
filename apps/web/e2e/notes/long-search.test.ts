import { call, signUp } from '../setup/actors.ts'
import { button } from '../setup/forms.ts'
import { expect, test } from '../setup/test.ts'

test('search: continues when the scan limit ends a page without a match', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  const text = 'plum '.repeat(4_000)
  await call(page, server, 'notes.create', { title: 'The needle', body: '' })
  // More text than one page of a search scans.
  for (let index = 0; index < 120; index += 1)
    await call(page, server, 'notes.create', { title: `Plum ${index}`, body: text })
  await page.goto('/?search=needle')
  await expect(page.getByRole('list', { name: 'Notes' }).getByRole('listitem')).toHaveText([/The needle/])
  await page.goto('/?search=nothing')
  await expect(page.getByText('Nothing found for “nothing”')).toBeVisible()
  await expect(button(page, 'Load more')).toBeHidden()

  // The focus moves from the removed button to the loaded note.
  await call(page, server, 'notes.create', { title: 'A stone', body: '' })
  await page.goto('/?search=stone')
  await button(page, 'Load more').click()
  await expect(button(page, 'Load more')).toBeHidden()
  await expect(page.getByRole('listitem').filter({ hasText: 'A stone' })).toBeFocused()
})
