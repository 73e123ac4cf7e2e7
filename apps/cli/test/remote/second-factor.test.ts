import { createHmac } from 'node:crypto'
import { signupInput } from '@app/contract/testing'
import { newId } from '@app/router/testing'
import { testApp } from '@app/server/testing'
import type { TestApp } from '@app/server/testing'
import { describe, expect, test } from 'vitest'
import { ownCommand } from '../../src/own-command.ts'
import { commandEnvironment } from '../run-command.ts'
import { hasTerminal, typeOnTerminal } from '../type-on-terminal.ts'
import { remoteUser } from './remote-run.ts'
import { serving } from './serving.ts'

const password = 'correct horse battery'

interface Factors {
  secret: string
  codes: string[]
}

/** Signs grace up with an authenticator app and recovery codes. */
async function withFactors(app: TestApp): Promise<Factors> {
  const api = app.newClient()
  await api.auth.signup.mutate(signupInput({ username: 'grace', password }))
  const { secret } = await api.totp.enroll.mutate()
  const { recoveryCodes } = await api.totp.confirm.mutate({ code: codeOf(secret, app.clock.now()) })
  return { secret, codes: recoveryCodes ?? [] }
}

/** The code of RFC 6238 for the step after `now`: the enrollment used the present one. */
function codeOf(secret: string, now: number, steps = 0): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(secret, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000) + steps))
  const hash = createHmac('sha1', key).update(step).digest()
  const offset = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0')
}

const logIn = (app: TestApp, ...more: string[]) => ['login', 'grace', '--server', app.url, ...more]

test('login: takes a code of the authenticator app, or a recovery code, from the second line', async () => {
  await using app = await testApp()
  using user = remoteUser()
  const { secret, codes } = await withFactors(app)
  const words = logIn(app, '--password-stdin')
  expect(await user.run(words, `${password}\n`)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^This account has a second factor\. Pass the code .* second line/),
  })
  expect(await user.run(words, `${password}\n000000\n`)).toEqual({
    code: 1,
    stdout: '',
    stderr: 'This code is wrong or was used before.\n',
  })
  const code = codeOf(secret, app.clock.now(), 1)
  expect(await user.run(words, `${password}\n${code.slice(0, 3)} ${code.slice(3)}\n`)).toMatchObject({
    code: 0,
  })
  expect(await user.run(words, `${password}\n${codes[0]}\n`)).toMatchObject({ code: 0 })
  expect(await user.run(words, `${password}\n${codes[1]}\nmore\n`)).toMatchObject({
    code: 1,
    stderr: 'Standard input has more than a password and a code.\n',
  })
})

test('remote commands: without a terminal, a needed confirmation fails with the next step', async () => {
  await using app = await testApp()
  using user = remoteUser()
  const { codes } = await withFactors(app)
  await user.run(logIn(app, '--password-stdin'), `${password}\n${codes[0]}\n`)
  app.clock.advance(11 * 60_000)
  expect(await user.run(['call', 'totp.remove'])).toEqual({
    code: 1,
    stdout: '',
    stderr: `Confirm that it is you to continue. Run: ${ownCommand()} login <username> again, and repeat this command within 10 minutes.\n`,
  })
})

test('login: an account whose second factor is a passkey is sent to the browser', async () => {
  await using app = await testApp()
  using user = remoteUser()
  const api = app.newClient()
  const { user: grace } = await api.auth.signup.mutate(signupInput({ username: 'grace', password }))
  const factor = { id: newId(app.clock.now()), user_id: grace.id, kind: 'passkey', name: 'Key' } as const
  await app.services.db.write(async (tx) => {
    const row = { ...factor, created_at: app.clock.now(), last_used_at: null }
    await tx.insertInto('factors').values(row).execute()
  })
  expect(await user.run(logIn(app, '--password-stdin'), password)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^This account confirms log-ins by passkey\. Log in with a browser at http/,
    ),
  })
})

describe.skipIf(!hasTerminal)('on a terminal', () => {
  test('login: asks for password and code, shows neither, and a call asks for a confirmation', async () => {
    await using app = await testApp()
    using user = remoteUser()
    const { codes } = await withFactors(app)
    const environment = { ...commandEnvironment(), ...user.environment }
    const screen = await typeOnTerminal(logIn(app), {
      environment,
      keys: [
        ['Password: ', `${password}\r`],
        ['a recovery code: ', `${codes[0]}\r`],
      ],
    })
    expect(screen).toMatch(
      /^Password: \nCode of your authenticator app, or a recovery code: \nLogged in to \S+ as grace\.\ncode 0\n/,
    )
    app.clock.advance(11 * 60_000)
    const confirmed = await typeOnTerminal(['call', 'totp.remove'], {
      environment,
      keys: [['a recovery code: ', `${codes[1]}\r`]],
    })
    expect(confirmed).toMatch(/a recovery code: \n\{"endedSessions":\d+\}\ncode 0\n/)
  })

  test('remote commands: a call that needs a confirmation asks for the password', async () => {
    await using app = await testApp()
    using user = remoteUser()
    await app.newClient().auth.signup.mutate(signupInput({ username: 'grace', password }))
    await user.run(logIn(app, '--password-stdin'), password)
    app.clock.advance(11 * 60_000)
    const create = ['tokens', 'create', 'backup', '--scope', 'account:read']
    const typed = (line: string) =>
      typeOnTerminal(create, {
        environment: { ...commandEnvironment(), ...user.environment },
        keys: [['that it is you: ', `${line}\r`]],
      })
    expect(await typed('wrong horse battery')).toMatch(
      /^Your password, to confirm that it is you: \nWrong user name or password\.\ncode 1\n/,
    )
    expect(await typed(password)).toMatch(/^Your password, .*: \nacctpat_\w+\nIt is shown once\..*\ncode 0\n/)
  })

  test('login: Ctrl-C ends the prompt with 130, and keeps nothing', async () => {
    await using app = await testApp()
    using user = remoteUser()
    const screen = await typeOnTerminal(logIn(app), {
      environment: { ...commandEnvironment(), ...user.environment },
      keys: [['Password: ', 'half\u0003']],
    })
    expect(screen).toMatch(/^Password: \ncode 130\n/)
  })

  test('login: Ctrl-C ends the wait for the server after the password was typed', async () => {
    const asked = Promise.withResolvers<string>()
    using server = await serving(() => asked.resolve('\u0003'))
    using user = remoteUser()
    const screen = await typeOnTerminal(['login', 'grace', '--server', server.url], {
      environment: { ...commandEnvironment(), ...user.environment },
      keys: [['Password: ', `${password}\r`]],
      last: asked.promise,
    })
    expect(screen).toMatch(/^Password: \n\^C\n?code 130\n/)
  })
})
