import { barriers, loadChecker, spaceText, tooWide } from './setup/barriers.ts'
import { leakingForms } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'
import { translatePages, translators, writtenAndShown } from './setup/translate.ts'
import { openState } from './states/state.ts'
import { states } from './states/states.ts'

for (const [index, state] of states.entries()) {
  test(`${state.name}: accessible in light and dark, wide and at 320 pixels`, async ({
    page,
    server,
    servers,
    problems,
  }) => {
    if (state.complaint) problems.expect(state.complaint)
    await loadChecker(page)
    // Each translator sees a third of the states: a new one moves them on.
    await translatePages(page, translators[index % translators.length])
    await openState(state, { page, server, servers })
    const { written, shown } = await writtenAndShown(page)
    expect(shown, 'what a translator has left of the page').toBe(written)
    expect(await leakingForms(page)).toEqual([])
    expect(await barriers(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.setViewportSize({ width: 320, height: 640 })
    expect(await tooWide(page)).toEqual([])
    expect(await barriers(page, 'colours and sizes'), 'dark, 320 pixels').toEqual([])
    await spaceText(page)
    expect(await tooWide(page), 'with spaced text').toEqual([])
  })
}
