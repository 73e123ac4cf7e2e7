import { describeOnEach, everyRow } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { password, signUp } from '../support/actors.ts'
import { addAuthenticator } from '../support/authenticator.ts'
import { disguises } from '../support/canaries.ts'
import { failure } from '../support/raw-call.ts'
import { readExport } from '../support/read-export.ts'

const unknownCode = '7777-7777-7777-7777-7777-7777'

describeOnEach('factor leaks', (databaseKind) => {
  test('factor leaks: no secret and no code is in the log, the database, the activity or the export', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    const phone = await addAuthenticator(app, ada)
    const [first = '', second = ''] = phone.recoveryCodes ?? []
    const api = app.newClient()
    const use = async (code: string) => {
      await api.auth.login.mutate({ username: 'ada', password })
      return failure(api.auth.secondFactor.mutate({ method: 'recovery', code }))
    }
    expect(await use(unknownCode)).toEqual({ reason: 'CODE_INVALID' })
    expect(await use(first.toLowerCase())).toBeUndefined()
    expect(await failure(api.auth.elevate.mutate({ method: 'recovery', code: second }))).toBeUndefined()
    const { codes } = await api.recoveryCodes.regenerate.mutate()
    const pending = await api.totp.enroll.mutate().catch((error: unknown) => String(error))
    // A code that does not even have the form of one.
    const halfCode = `${first}${first}`
    expect(await use(halfCode)).toMatchObject({ reason: 'INVALID_INPUT' })

    const exported = await readExport(api)
    expect(exported.secondFactors.map(({ kind }) => kind).toSorted()).toEqual(['recovery', 'totp'])
    const secrets = [phone.secret, unknownCode, ...codes, ...(phone.recoveryCodes ?? [])]
    const texts = {
      log: app.log.text,
      database: JSON.stringify([...(await everyRow(app.databaseUrl))]),
      activity: JSON.stringify(await api.account.activity.query({ limit: 100 })),
      export: JSON.stringify(exported),
      overview: JSON.stringify([
        await api.auth.session.query(),
        await api.recoveryCodes.status.query(),
        pending,
      ]),
    }
    const forms = secrets.flatMap((secret) => [secret, secret.toLowerCase(), secret.replaceAll('-', '')])
    for (const [where, text] of Object.entries(texts)) {
      const leaked = forms.flatMap(disguises).filter((form) => text.includes(form))
      expect([where, text.length > 50, leaked]).toEqual([where, true, []])
    }
  })
})
