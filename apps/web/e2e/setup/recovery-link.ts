import type { CurrentSession } from '@app/contract'
import type { Page } from '@playwright/test'
import { call } from './actors.ts'
import { logInAsAdmin } from './admins.ts'
import type { Server } from './start-server.ts'

/** Issues a recovery link for the logged-in user, as an admin does, and leaves the browser signed out. */
export async function issueRecoveryLink(page: Page, server: Server): Promise<string> {
  const response = await page.request.get(`${server.url}/trpc/auth.session`)
  const { result } = (await response.json()) as { result: { data: CurrentSession } }
  if (result.data === null) throw new Error('No user is logged in.')
  await logInAsAdmin(page, server)
  const { link } = await call(page, server, 'recovery.issueLink', { id: result.data.user.id })
  await page.context().clearCookies()
  return link
}
