import { call, signUp } from '../setup/actors.ts'
import { intercept } from '../setup/intercept.ts'
import { recordLayoutShifts, layoutShifts } from '../setup/layout-shifts.ts'
import { expect, test } from '../setup/test.ts'

test('layout: no shift when the list of notes replaces its skeleton', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  for (let number = 1; number <= 12; number += 1) {
    await call(page, server, 'notes.create', { title: `Number ${number}`, body: 'Three keys\non one ring' })
  }
  await recordLayoutShifts(page)
  for (const width of [1100, 320]) {
    await page.setViewportSize({ width, height: 640 })
    const release = await intercept(page, '*/trpc/*notes.list*', 'hold')
    await page.goto('/')
    await expect(page.locator('main [aria-busy=true]')).toBeVisible()
    await release()
    await expect(page.getByRole('link', { name: 'Number 1', exact: true })).toBeVisible()
    await expect(page.locator('main [aria-busy=true]')).toHaveCount(0)
    expect.soft(await layoutShifts(page), `${width} wide`).toEqual([])
  }
})

test('layout: a user without notes never sees the search field', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  const release = await intercept(page, '*/trpc/*notes.list*', 'hold')
  await page.goto('/')
  await expect(page.locator('main [aria-busy=true]')).toBeVisible()
  const search = page.getByRole('searchbox', { includeHidden: true })
  await expect(search).toBeHidden()
  await release()
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  await expect(search).toHaveCount(0)
})
