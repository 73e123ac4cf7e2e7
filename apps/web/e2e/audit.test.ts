import type { Page } from '@playwright/test'
import { call, signUp } from './setup/actors.ts'
import { chooseAction, promoteToAdmin, findUser, logInAsAdmin, logInAsFirstAdmin } from './setup/admins.ts'
import { delayResponses } from './setup/delay-responses.ts'
import { button, title } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

test('audit: an event shows its details and links to users, also removed ones', async ({
  page,
  context,
  openBrowser,
  ownServer,
}) => {
  const spammer = await signUp(await openBrowser(), ownServer, 'spammer')
  const admin = await logInAsFirstAdmin(page, ownServer)

  await findUser(page, ownServer, spammer.username)
  await expect(page.getByText('1 user found')).toBeAttached()
  await chooseAction(page, spammer.username, 'Remove')
  await button(page, 'Remove account').click()
  await expect(page.getByRole('cell', { name: `${spammer.username} was removed.` })).toBeFocused()

  await page.getByRole('link', { name: 'Audit log', exact: true }).click()
  const events = page.getByRole('list', { name: 'Events' }).getByRole('listitem')
  await expect(events).toHaveText([
    new RegExp(
      `^${admin.username} removed the account of deleted user …\\w{6}\\..*(ago|now), \\w+ \\d+, \\d{4}, .*M$`,
    ),
    new RegExp(`^${admin.username} logged in by password\\.`),
    new RegExp(`account of ${admin.username}, as an admin\\.`),
    /^deleted user …\w{6} signed up\./,
  ])

  const removal = events.first()
  await removal.getByRole('button', { name: /^Details: / }).click()
  await expect(removal.getByRole('definition').filter({ hasText: '127.0.0.1' })).toBeVisible()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await button(removal, 'Copy request id').click()
  await expect(removal.getByRole('status')).toHaveText('Copied')
  const requestId = await page.evaluate(() => navigator.clipboard.readText())
  await expect(removal.getByText(requestId)).toBeVisible()

  // The id of the removed user still leads to the events as actor and as target.
  await removal.getByRole('link', { name: /^All events of deleted user/ }).click()
  await expect(events).toHaveText([/removed the account/, /signed up/])
  await expect(page.getByRole('combobox', { name: 'User' })).toHaveValue(/^deleted user …\w{6}$/)
  await page.getByRole('link', { name: admin.username, exact: true }).first().click()
  await expect(title(page)).toHaveText('Users')
  await expect(button(page, `Manage ${admin.username}`)).toBeVisible()
})

test('audit: filters by user and event, and keeps the filters in the URL', async ({ page, ownServer }) => {
  const ben = await signUp(page, ownServer, 'ben')
  await call(page, ownServer, 'auth.login', ben)
  const admin = await logInAsFirstAdmin(page, ownServer)
  await page.goto(`${ownServer.url}/audit`)
  const events = page.getByRole('list', { name: 'Events' }).getByRole('listitem')
  await expect(events).toHaveCount(4)

  const userFilter = page.getByRole('combobox', { name: 'User' })
  const users = page.getByRole('listbox', { name: 'Users' })
  await userFilter.click()
  await expect(users.getByRole('option')).toHaveText([admin.username, ben.username])
  await page.keyboard.press('Escape')
  await expect(users).toBeHidden()
  await userFilter.fill('be')
  await expect(users.getByRole('option')).toHaveText([ben.username])
  await expect(userFilter).toHaveAttribute('aria-activedescendant', /./)
  await page.keyboard.press('Enter')
  await expect(events).toHaveText([/^ben-\w+ logged in/, /^ben-\w+ signed up/])
  await expect(userFilter).toHaveValue(ben.username)
  await chooseEvent(page, 'Sign-up')
  await expect(events).toHaveText([/^ben-\w+ signed up/])
  await expect(page).toHaveURL(/\/audit\?user=[\w-]+&event=signup$/)

  await page.reload()
  await expect(events).toHaveText([/^ben-\w+ signed up/])
  await expect(userFilter).toHaveValue(ben.username)
  await chooseEvent(page, 'Data exported')
  await expect(page.getByRole('heading', { name: 'No events found' })).toBeVisible()
  await page.goBack()
  await page.goBack()
  await expect(events).toHaveText([/^ben-\w+ logged in/, /^ben-\w+ signed up/])
  await page.goBack()
  await expect(events).toHaveCount(4)
  await expect(userFilter).toHaveValue('')
  await page.goForward()
  await expect(userFilter).toHaveValue(ben.username)
  await button(page, 'Clear filters').click()
  await expect(events).toHaveCount(4)
  await expect(userFilter).toBeFocused()
  // Enter selects the user before the list arrives.
  await userFilter.fill('be')
  await page.keyboard.press('Enter')
  await expect(userFilter).toHaveValue(ben.username)
  await expect(events).toHaveText([/^ben-\w+ logged in/, /^ben-\w+ signed up/])
  await button(page, 'Remove the filter “User”').click()
  await expect(events).toHaveCount(4)
  await expect(userFilter).toBeFocused()

  await page.goto(`${ownServer.url}/audit?user=unknown&event=unknown`)
  await expect(page.getByRole('heading', { name: 'No events found' })).toBeVisible()
  const menu = await findUser(page, ownServer, admin.username)
  await menu.click()
  await page.getByRole('link', { name: `View audit events of ${admin.username}` }).click()
  await expect(userFilter).toHaveValue(admin.username)
  await expect(events).toHaveCount(2)
})

test('audit: "Clear filters" is there once, also in an empty list, and in line with the filters on a phone', async ({
  page,
  server,
}) => {
  await logInAsAdmin(page, server)
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto('/audit?user=01900000-0000-7000-8000-000000000000&event=exported')
  await expect(page.getByRole('heading', { name: 'No events found' })).toBeVisible()
  const clear = button(page, 'Clear filters')
  await expect(clear).toHaveCount(1)
  const filters = await page.getByRole('search').boundingBox()
  const text = await clear.evaluate((element) => {
    const range = document.createRange()
    range.selectNodeContents(element)
    return range.getBoundingClientRect().left
  })
  expect(Math.abs(text - (filters?.x ?? 0))).toBeLessThan(1)
  await clear.press('Enter')
  await expect(page.getByRole('list', { name: 'Events' })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'User' })).toBeFocused()
})

test('audit: a user without listed events is not called a deleted user', async ({ page, ownServer }) => {
  const admin = await logInAsAdmin(page, ownServer)
  await page.goto(`${ownServer.url}/audit`)
  const userFilter = page.getByRole('combobox', { name: 'User' })
  await userFilter.fill(admin.username)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/user=/)
  const release = await delayResponses(page, /audit\.list/)
  await page.reload()
  await expect(userFilter).toHaveValue('…')
  release()
  await expect(userFilter).toHaveValue(admin.username)
  await chooseEvent(page, 'Data exported')
  await expect(page.getByRole('heading', { name: 'No events found' })).toBeVisible()
  await page.reload()
  await expect(userFilter).toHaveValue(/^user …\w{6}$/)
})

test('audit: its buttons and those of the browser change the page of the list', async ({
  page,
  ownServer,
}) => {
  const admin = await logInAsAdmin(page, ownServer)
  for (let times = 0; times < 100; times += 1) await call(page, ownServer, 'auth.login', admin)
  await page.goto(`${ownServer.url}/audit`)
  const events = page.getByRole('list', { name: 'Events' }).getByRole('listitem')
  await expect(events).toHaveCount(50)
  const next = button(page, 'Next')
  await next.click()
  await expect(page.getByText('Page 2')).toBeVisible()
  await expect(next).toBeFocused()
  await next.click()
  await expect(events.last()).toContainText('signed up')
  await expect(next).toHaveAttribute('aria-disabled', 'true')
  await page.goBack()
  await expect(page.getByText('Page 2')).toBeVisible()
  await page.reload()
  await expect(page.getByText('Page 2')).toBeVisible()
  await expect(events).toHaveCount(50)
  // A new filter starts at its first page.
  const filtered = page.waitForResponse(/audit\.list.*login/)
  await chooseEvent(page, 'Log-in')
  await expect(page.getByText('Page 1')).toBeVisible()
  await filtered
})

test('audit: a user who is not an admin, or no longer one, reads so without a log-in', async ({
  page,
  openBrowser,
  ownServer,
}) => {
  const ada = await signUp(page, ownServer, 'ada')
  await page.goto(`${ownServer.url}/audit`)
  await expect(title(page)).toHaveText('You cannot open this page')
  await expect(page.getByRole('main')).toContainText(`you are logged in as ${ada.username}`)
  await expect(page.getByRole('link', { name: 'Audit log' })).toHaveCount(0)

  const adminPage = await openBrowser()
  await logInAsAdmin(adminPage, ownServer)
  await findUser(adminPage, ownServer, ada.username)
  await promoteToAdmin(adminPage, ada.username)
  await expect(adminPage.getByRole('status').first()).toContainText('is now an admin')
  await page.reload()
  await expect(title(page)).toHaveText('Audit log')
  await chooseAction(adminPage, ada.username, 'Make user')
  await expect(adminPage.getByRole('status').first()).toContainText('is now a user')
  await expect(title(page)).toHaveText('You cannot open this page')
})

async function chooseEvent(page: Page, name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Event' }).click()
  await page.getByRole('option', { name, exact: true }).click()
}
