import { signUp } from '../setup/actors.ts'
import { button } from '../setup/forms.ts'
import { test } from '../setup/test.ts'
import { expectDirection } from '../setup/text-direction.ts'
import { field, note, openNote, writeNote } from './note-page.ts'

const title = 'قائمة التسوق'
const body = 'خبز، جبن، زيتون'

test('text direction: a note in Arabic is right-to-left, the page stays left-to-right', async ({
  page,
  server,
}) => {
  await signUp(page, server, 'ada')
  await page.goto('/')
  await writeNote(page, title, body)
  await writeNote(page, 'Bread', 'Cheese')
  await expectDirection(page.getByRole('link', { name: title }), 'rtl')
  await expectDirection(note(page, title).getByText(body), 'rtl')
  await expectDirection(page.getByRole('link', { name: 'Bread' }), 'ltr')
  await expectDirection(note(page, title), 'ltr')

  await page.getByRole('searchbox').fill('جبن')
  await expectDirection(page.getByRole('searchbox'), 'rtl')
  await openNote(page, title)
  await expectDirection(field(page, 'Title'), 'rtl')
  await expectDirection(field(page, 'Text'), 'rtl')
  await button(page, 'Delete').click()
  await expectDirection(page.getByRole('dialog').getByText(title, { exact: true }), 'rtl')
  await expectDirection(page.getByRole('dialog'), 'ltr')
  await expectDirection(page.locator('html'), 'ltr')
})
