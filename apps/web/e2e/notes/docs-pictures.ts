import { fileURLToPath } from 'node:url'
import { signupInput } from '@app/contract/testing'
import type { Page } from '@playwright/test'
import { call, devices, logInElsewhere } from '../setup/actors.ts'
import { title } from '../setup/forms.ts'
import type { Server } from '../setup/start-server.ts'
import { expect, test } from '../setup/test.ts'

/** The folder of the README's pictures, which `npm run pictures` takes in both themes. */
const folder = fileURLToPath(new URL('../../../../docs/images', import.meta.url))

const name = 'Ada'
const ada = { username: 'ada', password: 'five hats on a quiet shelf' }
const notes = [
  ['Train', 'Leaves at nine from platform 4. Take the blue bag, it has the tickets.'],
  ['Books to give back', 'The one about lighthouses, and the atlas.'],
  ['Groceries', 'Flour\nPears\nTwo lemons'],
] as const

const pictures: Record<string, (page: Page, server: Server) => Promise<void>> = {
  notes: async (page, server) => {
    await page.goto(server.url)
    await expect(page.getByRole('link', { name: 'Train' })).toBeVisible()
  },
  sessions: async (page, server) => {
    await logInElsewhere(server, ada, devices.phone)
    await logInElsewhere(server, ada, devices.laptop)
    await page.goto(`${server.url}/account/sessions`)
    await expect(page.getByRole('heading', { name: 'Safari on iPhone' })).toBeVisible()
  },
}

test('pictures for the README', async ({ page, ownServer }) => {
  await page.setViewportSize({ width: 820, height: 620 })
  await page.goto(`${ownServer.url}/signup`)
  await expect(title(page)).toHaveText('Sign up')
  await page.getByLabel('User name').fill(ada.username)
  await page.getByLabel('Name (optional)').fill(name)
  await page.getByLabel('Password', { exact: true }).fill(ada.password)
  await expect(page.getByText(/ard to guess\./)).toBeVisible()
  await take(page, 'sign-up')
  await call(page, ownServer, 'auth.signup', signupInput({ ...ada, name }))
  for (const [heading, body] of notes) await call(page, ownServer, 'notes.create', { title: heading, body })
  for (const [picture, open] of Object.entries(pictures)) {
    await open(page, ownServer)
    await take(page, picture)
  }
})

async function take(page: Page, picture: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: `${folder}/${picture}-${colorScheme}.png` })
  }
}
