import { call, devices, logInElsewhere, signUp } from '../setup/actors.ts'
import { logInAsAdmin } from '../setup/admins.ts'
import { failCalls, failedRequestId } from '../setup/fail-calls.ts'
import { button, chooseLogOut, title } from '../setup/forms.ts'
import { intercept } from '../setup/intercept.ts'
import { removeRoutes } from '../setup/remove-routes.ts'
import { expect, test } from '../setup/test.ts'
import { note } from './note-page.ts'

test('internal error: the page shows the request id, and every way out of it works', async ({
  page,
  server,
  pageErrors,
}) => {
  pageErrors.allow(/status of 500|The call failed: INTERNAL/)
  await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Groceries', body: 'Flour' })
  await failCalls(page, 'users.list', { reason: 'INTERNAL' })
  await failCalls(page, 'notes.list', { reason: 'INTERNAL' })
  for (const path of ['/users', '/']) {
    await page.goto(path)
    await expect(title(page)).toHaveText('Something went wrong')
    await expect(page.getByRole('main')).toContainText(`Request id: ${failedRequestId}`)
  }
  await page.getByRole('link', { name: 'Users' }).click()
  await expect(title(page)).toHaveText('Something went wrong')
  await removeRoutes(page)
  await page.getByRole('link', { name: 'Notes' }).click()
  await expect(note(page, 'Groceries')).toBeVisible()
  // A failed list is requested again, without a reload.
  await page.getByRole('link', { name: 'Users' }).click()
  await expect(page.getByRole('table', { name: 'Users' })).toBeVisible()

  // Without a click the page retries after a pause.
  await page.clock.install()
  await failCalls(page, 'notes.list', { reason: 'INTERNAL' })
  await page.goto('/')
  await expect(title(page)).toHaveText('Something went wrong')
  await removeRoutes(page)
  await page.clock.fastForward(5_000)
  await expect(note(page, 'Groceries')).toBeVisible()

  // Otherwise the page may retry before the click.
  await intercept(page, '*/readyz', 'hold')
  await failCalls(page, 'notes.list', { reason: 'INTERNAL' })
  await page.goto('/')
  await expect(title(page)).toHaveText('Something went wrong')
  await removeRoutes(page)
  await page.getByRole('link', { name: 'Go to the start page' }).click()
  await expect(note(page, 'Groceries')).toBeVisible()
})

test('internal error: a failed button shows the request id', async ({ page, server, pageErrors }) => {
  pageErrors.allow(/status of 500/)
  const ada = await signUp(page, server, 'ada')
  await logInElsewhere(server, ada, devices.phone)
  for (const procedure of ['sessions.revoke', 'sessions.revokeOthers', 'account.export', 'auth.logout'])
    await failCalls(page, procedure, { reason: 'INTERNAL' })
  const message = `Something went wrong on our side. Try again. If it happens again, contact an admin. Request id: ${failedRequestId}`

  await page.goto('/account/sessions')
  await button(page, 'End session Safari on iPhone').click()
  await expect(page.getByRole('alert')).toHaveText(message)
  await button(page, 'End all other sessions').click()
  await button(page, 'End other sessions').click()
  await expect(page.getByRole('dialog').getByRole('alert')).toHaveText(message)
  await page.goto('/account/data')
  await button(page, 'Download my data').click()
  await expect(page.getByRole('alert')).toHaveText(message)
  await chooseLogOut(page)
  await expect(page.getByRole('status')).toHaveText(`You are still logged in. ${message}`)
})

test('internal error: a refetch that fails keeps the list on screen', async ({
  page,
  server,
  pageErrors,
}) => {
  pageErrors.allow(/status of 500/)
  await signUp(page, server, 'ada')
  await page.clock.install()
  await page.goto('/account/sessions')
  const list = page.getByRole('list', { name: 'Sessions' })
  await expect(list).toBeVisible()
  await list.evaluate((element) => element.setAttribute('data-first', ''))
  await failCalls(page, 'sessions.list', { reason: 'INTERNAL' })
  const failed = page.waitForResponse((response) => response.status() === 500)
  // Younger values are not refetched.
  await page.clock.fastForward(6_000)
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await failed
  await removeRoutes(page)
  const answered = page.waitForResponse((response) => response.url().includes('sessions.list'))
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await answered
  await expect(list).toHaveAttribute('data-first', '')
})

test('internal error: failed suggestions keep the page', async ({ page, server, pageErrors }) => {
  pageErrors.allow(/status of 500/)
  await logInAsAdmin(page, server)
  await failCalls(page, 'users.list', { reason: 'INTERNAL' })
  await page.goto('/audit')
  await page.getByRole('combobox', { name: 'User' }).click()
  await expect(page.getByRole('status').getByText('Something went wrong on our side.')).toBeAttached()
  await expect(title(page)).toHaveText('Audit log')
})

test('crash: an error outside the pages shows the crash page, and a reload restores the input', async ({
  page,
  server,
  pageErrors,
}) => {
  pageErrors.allow(/status of 500|planted/)
  await signUp(page, server, 'ada')
  await failCalls(page, 'auth.logout', { reason: 'INTERNAL' })
  await page.goto('/account')
  await page.getByLabel('Name', { exact: true }).fill('Ada L')
  // Rendering the message above the page throws.
  await page.evaluate(() => {
    const { appendChild } = Node.prototype
    Node.prototype.appendChild = function <T extends Node>(this: Node, child: T): T {
      if (this instanceof Element && this.matches('[role=status]')) throw new Error('planted')
      appendChild.call(this, child)
      return child
    }
  })
  await chooseLogOut(page)
  await expect(title(page)).toHaveText('Something went wrong')
  await expect(page.getByRole('main')).toContainText('What you typed is kept in this tab.')
  await button(page, 'Reload the page').click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Ada L')
})
