import { endSessions, signUp } from './setup/actors.ts'
import { lockScreen, title, unlockWithPassword } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

test('lock screen: “Forgot password?” opens a new tab, and what was typed below stays', async ({
  page,
  context,
  server,
  openBrowser,
}) => {
  const ada = await signUp(page, server, 'ada')
  await page.goto('/account')
  const name = page.getByRole('form', { name: 'Your name' }).getByLabel('Name')
  await name.fill('Ada of the Hill')
  await endSessions(await openBrowser(), server, ada)
  const forgot = lockScreen(page).getByRole('link', { name: 'Forgot password?' })
  const [tab] = await Promise.all([context.waitForEvent('page'), forgot.click()])
  await expect(title(tab)).toHaveText('Forgot your password?')
  await tab.close()

  await expect(page).toHaveURL('/account')
  await unlockWithPassword(page, ada)
  await expect(lockScreen(page)).toHaveCount(0)
  await expect(name).toHaveValue('Ada of the Hill')
})
