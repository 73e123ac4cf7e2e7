import { expect, test } from './setup/test.ts'
import { openState } from './states/state.ts'
import { states } from './states/states.ts'

test('audit: at 320 pixels the full stop stays beside the name of a deleted user', async ({
  page,
  server,
  servers,
}) => {
  const state = states.find(({ name }) => name === 'audit')
  if (state === undefined) throw new Error('There is no state audit.')
  await openState(state, { page, server, servers })
  await page.setViewportSize({ width: 320, height: 640 })
  const name = page.getByText(/^deleted user/).first()
  await expect(name).toBeVisible()
  const bottoms = await name.evaluate((element) => {
    const after = new Range()
    after.selectNodeContents(element.nextElementSibling ?? element)
    const last = (rects: DOMRectList) => Math.round([...rects].at(-1)?.bottom ?? 0)
    const first = Math.round([...after.getClientRects()][0]?.bottom ?? 0)
    return { name: last(element.getClientRects()), after: first, text: after.toString() }
  })
  expect(bottoms).toEqual({ name: bottoms.after, after: bottoms.after, text: '.' })
})
