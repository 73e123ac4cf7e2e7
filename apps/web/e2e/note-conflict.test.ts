import type { Locator, Page } from '@playwright/test'

import { button, note } from './setup/forms.ts'
import { call, signUp } from './setup/people.ts'
import { expect, test } from './setup/test.ts'

test.beforeEach(async ({ page, server }) => {
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Plan', body: 'As it was' })
  await page.goto('/')
})

test('of two devices that change a note, the slower one sees both texts and chooses', async ({
  page,
  context,
  openBrowser,
}) => {
  const phone = await openBrowser()
  await phone.context().addCookies(await context.cookies())
  await phone.goto('/')
  const onPhone = await edit(phone, 'From the phone')
  const onLaptop = await edit(page, 'From the laptop')
  await button(onPhone, 'Save note').click()
  await expect(note(phone, 'Plan')).toContainText('From the phone')

  await button(onLaptop, 'Save note').click()
  await expect(page.getByRole('alert')).toHaveText(
    'This note was changed somewhere else meanwhile. Both versions are below; nothing is lost.',
  )
  await expect(onLaptop.getByLabel('Text')).toHaveValue('From the laptop')
  await expect(page.getByRole('region', { name: 'Saved version' })).toContainText('From the phone')
  await button(onLaptop, 'Save note').click()
  await expect(note(page, 'Plan')).toContainText('From the laptop')

  await phone.reload()
  await expect(note(phone, 'Plan')).toContainText('From the laptop')
})

test('the saved version can be taken over and edited further', async ({ page, context, openBrowser }) => {
  const phone = await openBrowser()
  await phone.context().addCookies(await context.cookies())
  await phone.goto('/')
  const onLaptop = await edit(page, 'From the laptop')
  await button(await edit(phone, 'From the phone'), 'Save note').click()
  await expect(note(phone, 'Plan')).toContainText('From the phone')
  await button(onLaptop, 'Save note').click()
  await button(page, 'Use the saved version').click()

  await expect(onLaptop.getByLabel('Text')).toHaveValue('From the phone')
  await onLaptop.getByLabel('Text').fill('From the phone, and more')
  await button(onLaptop, 'Save note').click()
  await expect(note(page, 'Plan')).toContainText('From the phone, and more')
})

test('a note that was deleted elsewhere leaves the text in the form', async ({
  page,
  context,
  openBrowser,
}) => {
  const phone = await openBrowser()
  await phone.context().addCookies(await context.cookies())
  await phone.goto('/')
  const onLaptop = await edit(page, 'From the laptop')
  await button(phone, 'Delete Plan').click()
  const dialog = phone.getByRole('dialog', { name: 'Delete this note?' })
  await button(dialog, 'Delete note').click()
  await expect(phone.getByRole('status')).toHaveText('Note deleted.')

  await button(onLaptop, 'Save note').click()
  await expect(page.getByRole('alert')).toContainText('This note was deleted somewhere else meanwhile.')
  await expect(onLaptop.getByLabel('Text')).toHaveValue('From the laptop')
})

async function edit(page: Page, text: string): Promise<Locator> {
  await button(page, 'Edit Plan').click()
  const form = page.getByRole('form', { name: 'Edit Plan' })
  await form.getByLabel('Text').fill(text)
  return form
}
