import { letSudoRunOut, signInAsAdministrator } from './setup/administrators.ts'
import { button, title } from './setup/forms.ts'
import { signUp } from './setup/people.ts'
import { expect, test } from './setup/test.ts'

test('an administrator confirms the password and changes roles, but never the last one', async ({
  page,
  openBrowser,
  ownServer,
}) => {
  const theirs = await openBrowser()
  const ben = await signUp(theirs, ownServer, 'ben')
  await theirs.goto(`${ownServer.url}/users`)
  await expect(theirs.getByRole('row', { name: ben.username })).toBeVisible()
  await expect(button(theirs, 'Make administrator')).toHaveCount(0)

  const admin = await signInAsAdministrator(page, ownServer)
  letSudoRunOut(ownServer, admin)
  await page.goto(`${ownServer.url}/users`)
  const row = page.getByRole('row', { name: ben.username })
  await button(row, `Make administrator (${ben.username})`).click()
  const prompt = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await button(prompt, 'Cancel').click()
  await expect(row.getByRole('alert')).toHaveText('Nothing was changed: this needs your password first.')

  await button(row, `Make administrator (${ben.username})`).click()
  await prompt.getByLabel('Password', { exact: true }).fill('not the password')
  await button(prompt, 'Confirm').click()
  await expect(prompt.getByText('This is not your password.')).toBeVisible()
  await prompt.getByLabel('Password', { exact: true }).fill(admin.password)
  await button(prompt, 'Confirm').click()
  await expect(page.getByRole('status')).toHaveText(`${ben.username} is now an administrator.`)
  await expect(row).toContainText('Administrator')

  // At once, without a new log-in.
  await theirs.reload()
  await expect(button(theirs, `Make user (${admin.username})`)).toBeVisible()

  await button(row, `Make user (${ben.username})`).click()
  await expect(page.getByRole('status')).toHaveText(`${ben.username} is now a user.`)
  await theirs.reload()
  await expect(title(theirs)).toHaveText('Users')
  await expect(theirs.getByRole('row', { name: ben.username })).toBeVisible()
  await expect(theirs.getByRole('button', { name: /^Make/ })).toHaveCount(0)

  const own = page.getByRole('row', { name: admin.username })
  await button(own, `Make user (${admin.username})`).click()
  await expect(own.getByRole('alert')).toHaveText(
    'There must be at least one administrator. Make somebody else an administrator first.',
  )
})
