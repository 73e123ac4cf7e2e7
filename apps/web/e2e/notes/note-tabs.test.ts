import type { Page } from '@playwright/test'
import { call, signUp } from '../setup/actors.ts'
import { changeRows } from '../setup/change-rows.ts'
import { button, title } from '../setup/forms.ts'
import { removeRoutes } from '../setup/remove-routes.ts'
import type { Server } from '../setup/start-server.ts'
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
  const list = await context.newPage()
  await openLongList(page, list, server)
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

test('note tabs: a list that is too long for a refetch follows after a read that failed', async ({
  page,
  context,
  server,
  pageErrors,
}) => {
  pageErrors.allow(/net::ERR_FAILED/)
  const list = await context.newPage()
  await list.clock.install()
  await openLongList(page, list, server)
  const saveUnread = async (text: string) => {
    await list.route(/\/trpc\/[^?]*notes\.get|\/readyz/, (route) => route.abort())
    const failed = list.waitForEvent('requestfailed', (request) => request.url().includes('notes.get'))
    await save(page, text)
    await failed
    await removeRoutes(list)
    await expect(note(list, 'Plan')).not.toContainText(text)
  }
  await saveUnread('One and two')
  await list.clock.fastForward(3_000)
  await expect(note(list, 'Plan')).toContainText('One and two')

  // Another page retries nothing, and the list reads when it is shown again.
  await saveUnread('One, two and three')
  await list.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Users' }).click()
  await expect(title(list)).toHaveText('Users')
  await list.goBack()
  await expect(note(list, 'Plan')).toContainText('One, two and three')
})

test('note tabs: an open note is read once after a save in another tab, also beside a long list', async ({
  page,
  context,
  server,
}) => {
  const list = await context.newPage()
  await openLongList(page, list, server)
  await openNote(list, 'Plan')
  await expect(field(list, 'Text')).toHaveValue('One')
  const reads: string[] = []
  list.on('request', (request) => reads.push(...(request.url().match(/notes\.get/g) ?? [])))
  await save(page, 'One and two')
  await expect(field(list, 'Text')).toHaveValue('One and two')
  expect(reads).toEqual(['notes.get'])
  await list.getByRole('link', { name: 'All notes' }).click()
  await expect(note(list, 'Plan')).toContainText('One and two')
})

/** Opens a note in one tab, and in the other one a list of more than four pages that begins with it. */
async function openLongList(page: Page, list: Page, server: Server): Promise<void> {
  const { username } = await signUp(page, server, 'ada')
  const { id } = await call(page, server, 'notes.create', { title: 'Plan', body: 'One' })
  const older = `with recursive n(i) as (select 1 union all select i + 1 from n where i < 421)
    insert into notes (id, user_id, title, preview, body, search_key, bytes, revision, created_at, updated_at)
    select printf('00000000-%s-7000-8000-%012d', ?, i), (select id from users where username = ?),
      'Old ' || i, '', '', 'old', 6, 1, 1, 1 from n`
  // The random end of the name tells the ids of two tests apart.
  changeRows(server, older, username.slice(-4), username)
  await list.goto('/')
  for (const count of [120, 220, 320, 420]) {
    await button(list, 'Load more').click()
    await expect(list.getByText(`The newest ${count}`)).toBeVisible()
  }
  await expect(note(list, 'Plan')).toContainText('One')
  await page.goto(`/notes/${id}`)
  await expect(field(page, 'Text')).toHaveValue('One')
}
