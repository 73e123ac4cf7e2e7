import { newCredentials, signUp } from '../setup/actors.ts'
import { chooseAction, promoteToAdmin, findUser, logInAsFirstAdmin } from '../setup/admins.ts'
import {
  button,
  lockScreen,
  lockScreenLoginFailure,
  logIn,
  openAccount,
  title,
  unlockWithPassword,
} from '../setup/forms.ts'
import { lostRequests } from '../setup/page-errors.ts'
import { expect, test } from '../setup/test.ts'
import { draftNote, field, note, openNote, saveStatus } from './note-page.ts'

/** One user's path through the app, by visible links and buttons only. Other files test the details. */
for (const [screen, use] of [
  ['a wide screen', { viewport: { width: 1100, height: 800 }, colorScheme: 'light' }],
  ['the narrowest screen', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
] as const) {
  test.describe(`on ${screen}`, () => {
    test.use(use)

    test('journey: sign-up, two devices, a server restart and the admin role', async ({
      page,
      openBrowser,
      ownServer,
      pageErrors,
    }) => {
      pageErrors.allow(lostRequests)
      const ada = newCredentials('ada')
      await page.goto(ownServer.url)
      await page.getByRole('link', { name: 'Create an account' }).click()
      await page.getByLabel('User name').fill(ada.username)
      await page.getByLabel('Password', { exact: true }).fill(ada.password)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('status')).toHaveText(`Welcome, ${ada.username}. Your account is ready.`)
      await draftNote(page, 'Plan', 'One')
      await page.getByRole('link', { name: 'All notes' }).click()
      await expect(note(page, 'Plan')).toBeVisible()

      const phone = await openBrowser()
      await phone.goto(ownServer.url)
      await phone.getByRole('main').getByRole('link', { name: 'Log in' }).click()
      await logIn(phone, ada)
      await openNote(phone, 'Plan')
      await field(phone, 'Text').fill('One\nTwo')
      await phone.keyboard.press('Control+s')
      await expect(saveStatus(phone)).toContainText('Saved')
      await page.reload()
      await openNote(page, 'Plan')
      await expect(field(page, 'Text')).toHaveValue('One\nTwo')

      // The phone saves a text and is lost.
      await field(phone, 'Text').fill('One\nTwo\nThree')
      await phone.keyboard.press('Control+s')
      await expect(saveStatus(phone)).toContainText('Saved')
      await openAccount(page)
      await page.getByRole('link', { name: 'Sessions' }).click()
      await page.getByRole('button', { name: /^End session/ }).click()
      await expect(page.getByRole('heading', { name: 'No other sessions' })).toBeVisible()
      await expect(lockScreen(phone)).toBeVisible()

      await ownServer.stop()
      await ownServer.start()
      await page.getByRole('link', { name: 'Password' }).click()
      const password = 'seven lamps in a long hall'
      await page.getByLabel('Current password', { exact: true }).fill(ada.password)
      await page.getByLabel('New password', { exact: true }).fill(password)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('status')).toHaveText(
        'Password changed. You were not logged in anywhere else.',
      )
      await unlockWithPassword(phone, ada)
      await expect(lockScreen(phone).getByRole('alert')).toHaveText(lockScreenLoginFailure)
      await unlockWithPassword(phone, { ...ada, password })
      await expect(field(phone, 'Text')).toHaveValue('One\nTwo\nThree')

      const spammer = await signUp(await openBrowser(), ownServer, 'spammer')
      const adminPage = await openBrowser()
      await logInAsFirstAdmin(adminPage, ownServer)
      await findUser(adminPage, ownServer, ada.username)
      await promoteToAdmin(adminPage, ada.username)
      // The links of an admin are in a menu where they do not fit.
      const isNarrow = use.viewport.width === 320
      if (isNarrow) await button(page, 'Menu').click()
      await expect(page.getByRole('link', { name: 'Audit log', exact: true })).toBeVisible()

      await page.getByRole('link', { name: 'Users' }).click()
      await chooseAction(page, spammer.username, 'Remove')
      await expect(page.getByRole('dialog')).toContainText('The user name stays taken')
      await button(page, 'Remove account').click()
      await expect(page.getByRole('table')).toContainText(`${spammer.username} was removed.`)

      if (isNarrow) await button(page, 'Menu').click()
      await page.getByRole('link', { name: 'Audit log', exact: true }).click()
      await expect(title(page)).toHaveText('Audit log')
      const events = page.getByRole('main')
      for (const action of [
        'removed the account of deleted user',
        'changed their password',
        'ended one of their',
      ]) {
        await expect(events).toContainText(`${ada.username} ${action}`)
      }
    })
  })
}
