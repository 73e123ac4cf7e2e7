import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { newBrowser, pathOf } from './browser.ts'
import type { Browser } from './browser.ts'

/** Logs a new user in by password, in a browser. */
export async function browserOf(app: TestApp): Promise<{ browser: Browser; id: string; username: string }> {
  const { cookie, id, username } = await newUser(app)
  const browser = newBrowser(app)
  browser.setCookies([cookie])
  return { browser, id, username }
}

/** Links the account at the provider that logs in next. @returns the page at the end */
export async function link(browser: Browser, provider: string): Promise<string> {
  const answer = await browser.call('identities.link', { provider, redirectTo: '/account' })
  const url = /"url":"([^"]+)"/.exec(answer.text)?.[1]
  if (url === undefined) throw new Error(answer.text)
  return pathOf(await browser.open(url))
}

/** Returns the ids of the identities of the user, oldest first. */
export async function linkedIds(browser: Browser): Promise<string[]> {
  const { text } = await browser.query('identities.list')
  return [...text.matchAll(/"id":"([^"]+)"/g)].map(([, id = '']) => id)
}

/** Returns the user name of the session. */
export async function userIn(browser: Browser): Promise<string | undefined> {
  return /"username":"([^"]+)"/.exec((await browser.query('auth.session')).text)?.[1]
}
