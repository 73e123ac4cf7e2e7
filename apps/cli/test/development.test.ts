import { describeOnEach, emptyTestDatabase } from '@app/router/testing'
import { testApp } from '@app/server/testing'
import { describe, expect, test } from 'vitest'
import { ownCommand } from '../src/own-command.ts'
import { runCommand } from './run-command.ts'

const password = 'three keys on one ring'
const seed = ['seed', '--password-stdin']

/** They would refuse the password, the log-ins and the actions of the admin, and end sessions in between. */
const strict = {
  SIGNUP: 'closed',
  PASSWORD_LOGIN: 'off',
  PASSWORD_MIN: '64',
  ADMIN_SECOND_FACTOR: 'required',
  SESSION_IDLE_TIMEOUT: '60s',
}

describeOnEach('seed and reset', (kind) => {
  test('seed and reset: work with any settings of accounts, but reset fails while a server runs', async () => {
    await using database = await emptyTestDatabase(kind)
    const { url } = database
    expect(await runCommand(seed, { url, input: password, environment: strict })).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^Created \d+ accounts\. ada is an admin\.\n$/),
      stderr: '',
    })
    {
      await using app = await testApp({ databaseUrl: url })
      await app.api.auth.login.mutate({ username: 'ada', password })
      const { items: users } = await app.api.users.list.query({ search: 'tony' })
      expect(users).toMatchObject([{ username: 'tony', disabled: true }])
      const grace = app.newClient().auth.login.mutate({ username: 'grace@example.org', password })
      expect(await grace).toMatchObject({ user: { username: 'grace', emailVerified: true } })
      const { items: events } = await app.api.audit.list.query({ limit: 100 })
      expect(new Set(events.map(({ event }) => event)).size).toBeGreaterThan(3)

      expect(await runCommand(['reset', '--yes'], { url })).toEqual({
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/ is in use by another process\. Stop the server first\.\n$/),
      })
      await app.api.account.me.query()
    }
    expect(await runCommand(seed, { url, input: password })).toMatchObject({
      code: 1,
      stderr: `There are accounts already. To delete them: ${ownCommand()} reset --yes\n`,
    })
    expect(await runCommand(['reset'], { url })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^This deletes all accounts .* Repeat it with --yes\.\n$/),
    })
    expect(await runCommand(['reset', '--yes'], { url })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Deleted all data in .*, and ran \d+ migrations\.\n$/),
    })
    await using app = await testApp({ databaseUrl: url })
    await expect(app.api.auth.login.mutate({ username: 'ada', password })).rejects.toThrow('Wrong user name')
  })
})

describe.each([seed, ['reset', '--yes']])('%s', (...words) => {
  test.each([
    [{ HOST: '0.0.0.0' }, 'HOST is 0.0.0.0'],
    [{ PUBLIC_URL: 'https://accounts.example.org' }, 'PUBLIC_URL is https://accounts.example.org'],
    [{ TRUST_PROXY: '1' }, 'TRUST_PROXY is 1'],
    [{ DATABASE_URL: 'postgres://ada:swordfish@db.example.org/app' }, 'DATABASE_URL is on db.example.org'],
  ])('development commands: fail if other machines can reach the data: %j', async (environment, reason) => {
    expect(await runCommand(words, { environment, input: password })).toEqual({
      code: 1,
      stdout: '',
      stderr: `This command is for development, and other machines can reach this server or its database (${reason}).\n`,
    })
  })
})
