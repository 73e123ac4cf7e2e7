import { call, signUp } from '../setup/actors.ts'
import { changeRows } from '../setup/change-rows.ts'
import { button, title } from '../setup/forms.ts'
import { expect, test } from '../setup/test.ts'
import { field, note, openNote, save, saveStatus, writeNote } from './note-page.ts'

test('note tabs: other tabs follow saves and deletions, in the note and in the list', async ({
  page,
  context,
  server,
}) => {
  await signUp(page, server, 'ada')
  const { id } = await call(page, server, 'notes.create', { title: 'Plan', body: 'One' })
  const [reader, list] = [await context.newPage(), await context.newPage()]
  await page.goto(`/notes/${id}`)
  await reader.goto(`/notes/${id}`)
  await list.goto('/')
  await expect(field(reader, 'Text')).toHaveValue('One')
  await expect(note(list, 'Plan')).toContainText('One')

  await save(page, 'One and two')
  await expect(field(reader, 'Text')).toHaveValue('One and two')
  await expect(saveStatus(reader)).toContainText('Changed elsewhere')
  await expect(note(list, 'Plan')).toContainText('One and two')
  // A tab without unsaved text can continue with the new text, in either direction.
  await save(reader, 'One, two and three')
  await expect(field(page, 'Text')).toHaveValue('One, two and three')
  await save(page, 'Four')
  await expect(field(reader, 'Text')).toHaveValue('Four')

  await button(page, 'Delete').click()
  await button(page.getByRole('dialog'), 'Delete note').click()
  await expect(title(page)).toHaveText('Your notes')
  await expect(reader.getByRole('heading', { name: 'This note was deleted elsewhere' })).toBeVisible()
  await expect(list.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
})

test('note tabs: a tab with unsaved text keeps it when another tab saves, and shows both', async ({
  page,
  context,
  server,
}) => {
  await signUp(page, server, 'ada')
  const { id } = await call(page, server, 'notes.create', { title: 'Plan', body: 'One' })
  const other = await context.newPage()
  await context.clock.install()
  await page.goto(`/notes/${id}`)
  await other.goto(`/notes/${id}`)
  await expect(field(page, 'Text')).toHaveValue('One')
  await expect(field(other, 'Text')).toHaveValue('One')
  // The clock is paused, so that the text typed here is saved last.
  await context.clock.pauseAt(Date.now() + 60_000)
  await field(other, 'Text').fill('Typed here')
  await save(page, 'Typed there')
  await context.clock.fastForward(3_000)
  await expect(other.getByRole('region', { name: /^Stored version/ })).toContainText('Typed')
  await expect(other.getByRole('heading', { name: 'Changed in another tab' })).toBeVisible()
  await expect(field(other, 'Text')).toHaveValue('Typed here')
  await expect(field(page, 'Text')).toHaveValue('Typed there')
})

test('note tabs: a list that is too long for a refetch follows too', async ({ page, context, server }) => {
  const { username } = await signUp(page, server, 'ada')
  const { id } = await call(page, server, 'notes.create', { title: 'Plan', body: 'One' })
  // Older than the note, and more than four pages.
  const older = `with recursive n(i) as (select 1 union all select i + 1 from n where i < 421)
    insert into notes (id, user_id, title, preview, body, search_key, bytes, revision, created_at, updated_at)
    select printf('00000000-0000-7000-8000-%012d', i), (select id from users where username = ?),
      'Old ' || i, '', '', 'old', 6, 1, 1, 1 from n`
  changeRows(server, older, username)
  const list = await context.newPage()
  await list.goto('/')
  for (const count of [120, 220, 320, 420]) {
    await button(list, 'Load more').click()
    await expect(list.getByText(`The newest ${count}`)).toBeVisible()
  }
  await expect(note(list, 'Plan')).toContainText('One')

  await page.goto(`/notes/${id}`)
  await expect(field(page, 'Text')).toHaveValue('One')
  await save(page, 'One and two')
  await expect(note(list, 'Plan')).toContainText('One and two')
  await page.goto('/')
  await writeNote(page, 'Groceries', 'Flour')
  await expect(note(list, 'Groceries')).toContainText('Flour')
  await openNote(page, 'Plan')
  await button(page, 'Delete').click()
  await button(page.getByRole('dialog'), 'Delete note').click()
  await expect(note(list, 'Plan')).toHaveCount(0)
  await expect(note(list, 'Groceries')).toHaveCount(1)
})
