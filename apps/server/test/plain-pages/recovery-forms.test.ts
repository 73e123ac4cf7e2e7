import { failures } from '@app/contract'
import { requestFactorReset } from '@app/router'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser, newUsername, password, unknownSecret } from '../support/actors.ts'
import { secretIn } from '../support/new-factor-reset.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import { giveSecondFactor } from '../support/second-factor.ts'
import { messageIn, plainBrowser } from './plain-browser.ts'

describeOnEach('links without scripts', (databaseKind) => {
  test('a user who lost every second factor enters the link of a reset', async () => {
    await using app = await testApp({ databaseKind, settings: { factorResetDelayMs: 0 } })
    const browser = plainBrowser(app.url)
    const { id, username } = await newUser(app)
    await giveSecondFactor(app, id)
    const requested = await requestFactorReset(app.services, username)
    const link = requested.ok ? requested.value.link : ''
    const early = await browser.submit('/plain/reset-factors', { link })
    expect([early.status, early.location]).toEqual([303, '/plain/login?form=no-cookie'])
    await browser.submit('/plain/login', { username, password })
    expect((await browser.open('/plain/second-step')).html).toContain('href="/plain/reset-factors"')
    const half = await browser.submit('/plain/reset-factors', { link: link.slice(0, -1) })
    expect([half.status, messageIn(half.html)]).toEqual([
      400,
      'The link is not complete. Open it again, or copy all of it.',
    ])
    expect(half.html).not.toContain(secretIn(link).slice(0, 20))
    const unknown = await browser.submit('/plain/reset-factors', { link: unknownSecret })
    expect([unknown.status, messageIn(unknown.html)]).toEqual([410, failures.LINK_INVALID.text])
    const removed = await browser.submit('/plain/reset-factors', { link: ` ${link}\n` })
    expect([removed.status, removed.location]).toEqual([303, '/plain?form=logged-in'])
    expect((await browser.open('/plain')).html).toContain(username)
  })

  test('a user who forgot the password asks for a link, and enters it', async () => {
    await using app = await testApp({ databaseKind })
    const browser = plainBrowser(app.url)
    const { username } = await newUser(app)
    expect((await browser.open('/plain/login')).html).toContain('href="/plain/forgot-password"')
    for (const identifier of [username, newUsername()]) {
      const asked = await browser.submit('/plain/forgot-password', { identifier })
      expect([asked.status, asked.location]).toEqual([303, '/plain/reset-password?form=mail-requested'])
    }
    const page = await browser.open('/plain/reset-password?form=mail-requested')
    expect(messageIn(page.html)).toMatch(/^If this is the name or email of an account, a link /)
    const link = `${app.url}/reset-password#${await newRecoverySecret(app, username)}`
    const common = await browser.submit('/plain/reset-password', { link, newPassword: 'password1' })
    expect([common.status, messageIn(common.html)]).toEqual([
      400,
      'This password is common and easy to guess. Choose another one.',
    ])
    const newPassword = 'a better battery'
    const changed = await browser.submit('/plain/reset-password', { link, newPassword })
    expect([changed.status, changed.location]).toEqual([303, '/plain/login?form=password-changed'])
    const again = await browser.submit('/plain/reset-password', { link, newPassword })
    expect([again.status, messageIn(again.html)]).toEqual([410, failures.LINK_INVALID.text])
    expect(again.html).not.toContain(newPassword)
    const loggedIn = await browser.submit('/plain/login', { username, password: newPassword })
    expect(loggedIn.location).toBe('/plain?form=logged-in')
  })
})
