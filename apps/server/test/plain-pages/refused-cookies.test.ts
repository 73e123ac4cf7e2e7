import { failures } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser, newUsername, password } from '../support/actors.ts'
import { giveSecondFactor } from '../support/second-factor.ts'
import { messageIn, plainBrowser } from './plain-browser.ts'

describeOnEach('pages without scripts', (databaseKind) => {
  test('a browser that refuses cookies gets a page that names the cause, after one step and after two', async () => {
    await using app = await testApp({ databaseKind })
    const browser = plainBrowser(app.url)
    const { id, username } = await newUser(app)
    const submit = async (path: string, fields: Record<string, string>) => {
      const { location } = await browser.submit(path, fields)
      browser.cookies.clear()
      const next = await browser.open(location ?? '')
      return next.location === null ? next : browser.open(next.location)
    }
    const sentence = failures.COOKIE_MISSING.text
    expect(messageIn((await submit('/plain/signup', { username: newUsername(), password })).html)).toBe(
      sentence,
    )
    expect(messageIn((await submit('/plain/login', { username, password })).html)).toBe(sentence)
    const code = await giveSecondFactor(app, id)
    expect((await submit('/plain/login', { username, password })).html).toContain('Confirm it is you')
    const step = await submit('/plain/second-step', { method: 'recovery', code })
    expect(messageIn(step.html)).toBe(sentence)
    // A visitor, and one whose browser sends an older cookie, are not told so.
    expect((await browser.open('/plain')).location).toBe('/plain/login?form=log-in')
    browser.cookies.set('theme', 'dark')
    expect((await browser.open('/plain?form=logged-in')).location).toBe('/plain/login?form=log-in')
  })

  test('a second step that is sent again after the server ended the log-in says that it is over', async () => {
    await using app = await testApp({ databaseKind })
    const browser = plainBrowser(app.url)
    const { id, username } = await newUser(app)
    const code = await giveSecondFactor(app, id)
    await browser.submit('/plain/login', { username, password })
    await app.services.db.write((tx) =>
      tx.updateTable('users').set({ disabled_at: 1 }).where('id', '=', id).execute(),
    )
    const send = () => browser.submit('/plain/second-step', { method: 'recovery', code })
    expect((await send()).location).toBe('/plain/login?form=expired')
    // The browser keeps cookies, but the server has cleared the only one.
    expect([...browser.cookies]).toEqual([])
    const { location } = await send()
    expect(messageIn((await browser.open(location ?? '')).html)).toMatch(/^This log-in is over, or /)
  })
})
