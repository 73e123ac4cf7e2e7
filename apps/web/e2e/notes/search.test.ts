import { call, signUp } from '../setup/actors.ts'
import { logInAsAdmin } from '../setup/admins.ts'
import { delayResponses } from '../setup/delay-responses.ts'
import { button, title } from '../setup/forms.ts'
import { expect, test } from '../setup/test.ts'

test('search: notes show no result before the response arrives', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  for (let index = 1; index <= 21; index += 1)
    await call(page, server, 'notes.create', { title: `Plum ${index}`, body: '' })
  await page.goto('/?search=zzz')
  const nothingFound = page.getByRole('heading', { name: /^Nothing found/ })
  await expect(nothingFound).toHaveText('Nothing found for “zzz”')
  const search = page.getByRole('searchbox', { name: 'Search notes' })
  const announced = page.getByRole('search').locator('[aria-live]')
  await expect(announced).toHaveText('No notes found')

  // An empty result of the former search is not shown for the new one.
  let release = await delayResponses(page, /notes\.list/)
  await search.fill('zz')
  await expect(page).toHaveURL('/?search=zz')
  await expect(nothingFound).toBeHidden()
  release()
  await expect(nothingFound).toHaveText('Nothing found for “zz”')

  // It is not shown for all notes either, and the field keeps the focus.
  release = await delayResponses(page, /notes\.list/)
  await search.fill('')
  await expect(page).toHaveURL('/')
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeHidden()
  await expect(search).toBeFocused()
  release()
  await expect(page.getByText('The newest 20')).toBeVisible()
  await expect(search).toBeFocused()

  // The visible list keeps its count and its button until the response arrives.
  release = await delayResponses(page, /notes\.list/)
  await search.fill('plum')
  await expect(page.getByRole('list', { name: 'Notes' })).toHaveAttribute('aria-busy', 'true')
  await expect(announced).toHaveText('')
  await expect(page.getByText('The newest 20')).toBeVisible()
  await expect(button(page, 'Load more')).toBeVisible()
  release()
  await expect(announced).toHaveText('More than 20 notes found')
})

test('search: a user without notes keeps the focused search field', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  await page.goto('/?search=plum')
  const search = page.getByRole('searchbox', { name: 'Search notes' })
  await search.fill('')
  await expect(page.getByRole('heading', { name: 'No notes yet' })).toBeVisible()
  await expect(search).toBeFocused()
})

test('search: follows a link, and searches once after a pause, but not on the next page', async ({
  page,
  server,
}) => {
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Plum', body: '' })
  const navigation = page.getByRole('navigation', { name: 'Main' })
  await page.goto('/?search=zzz')
  const search = page.getByRole('searchbox', { name: 'Search notes' })
  await navigation.getByRole('link', { name: 'Notes' }).click()
  await expect(search).toHaveValue('')
  await expect(page).toHaveURL('/')

  await page.clock.install()
  await page.goto('/')
  const searches: string[] = []
  page.on('request', (request) => {
    const sought = /"search":"([^"]*)"/.exec(decodeURIComponent(request.url()))?.[1]
    if (sought !== undefined) searches.push(sought)
  })
  await expect(search).toBeVisible()
  await page.clock.pauseAt(Date.now() + 60_000)
  await search.pressSequentially('plum')
  await page.clock.runFor(1_000)
  await expect(page).toHaveURL('/?search=plum')
  await expect(page.getByRole('search').locator('[aria-live]')).toHaveText('1 note found')
  expect(searches).toEqual(['plum'])

  await search.pressSequentially(' jam')
  await navigation.getByRole('link', { name: 'Users' }).click()
  await expect(title(page)).toHaveText('Users')
  await page.clock.runFor(1_000)
  await expect(page).toHaveURL('/users')
  expect(searches).toEqual(['plum'])
})

test('search: users and audit show no result before the response arrives', async ({ page, ownServer }) => {
  const admin = await logInAsAdmin(page, ownServer)
  await page.goto(`${ownServer.url}/users?search=${admin.username}`)
  const search = page.getByRole('searchbox', { name: 'Search users' })
  const announced = page.getByRole('search', { name: 'Search users' }).locator('[aria-live]')
  await expect(announced).toHaveText('1 user found')
  const noneFound = page.getByRole('heading', { name: /^No users found/ })

  let release = await delayResponses(page, /users\.list/)
  await search.fill('zzz')
  await expect(page.getByRole('table')).toHaveAttribute('aria-busy', 'true')
  await expect(announced).toHaveText('')
  release()
  await expect(noneFound).toHaveText('No users found for “zzz”')
  release = await delayResponses(page, /users\.list/)
  await search.fill('zz')
  await expect(page).toHaveURL(/search=zz$/)
  await expect(noneFound).toBeHidden()
  release()
  await expect(noneFound).toHaveText('No users found for “zz”')

  await page.goto(`${ownServer.url}/audit?event=exported`)
  await expect(page.getByRole('heading', { name: 'No events found' })).toBeVisible()
  release = await delayResponses(page, /audit\.list/)
  await button(page.getByRole('search'), 'Clear filters').click()
  await expect(page).toHaveURL(/audit$/)
  await expect(page.getByRole('heading', { name: 'No events yet' })).toBeHidden()
  await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'event' })).toHaveCount(0)
  release()
  await expect(page.getByRole('list', { name: 'Events' })).toContainText(admin.username)
})
