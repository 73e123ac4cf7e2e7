import { expect, test } from './setup/test.ts'
import { openState } from './states/state.ts'
import { states } from './states/states.ts'

test('skeleton: the rows have the corners of the list', async ({ page, server, servers }) => {
  const state = states.find(({ name }) => name === 'activity-loading')
  if (state === undefined) throw new Error('There is no state activity-loading.')
  await openState(state, { page, server, servers })
  const rows = page.locator('[data-loading] > [aria-hidden]')
  const radii = await rows.evaluateAll((all) =>
    all.map((row) => {
      const { borderTopLeftRadius, borderBottomLeftRadius } = getComputedStyle(row)
      return [borderTopLeftRadius !== '0px', borderBottomLeftRadius !== '0px']
    }),
  )
  expect(radii.length).toBeGreaterThan(2)
  expect(radii[0]).toEqual([true, false])
  expect(radii.at(-1)).toEqual([false, true])
  expect(radii.slice(1, -1).flat()).not.toContain(true)
})
