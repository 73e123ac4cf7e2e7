import { describeOnEach, emptyTestDatabase, testDatabase } from '@app/router/testing'
import { describe, expect, test } from 'vitest'
import { runCommand } from './run-command.ts'

describeOnEach('migrate', (kind) => {
  test('migrate: names the migrations that ran, and the second time none', async () => {
    await using database = await emptyTestDatabase(kind)
    const { url } = database
    expect(await runCommand(['migrate'], { url })).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^(Ran \d{4}-[a-z-]+\.\n)+$/),
      stderr: '',
    })
    expect(await runCommand(['migrate'], { url })).toEqual({
      code: 0,
      stdout: 'The database is up to date.\n',
      stderr: '',
    })
  })

  test('migrate: names the migration that failed and why', async () => {
    await using database = await testDatabase(kind)
    // As if another program had made the tables. Features have no type for this one.
    await database.db.write((tx) => tx.deleteFrom('schema_migrations' as 'users').execute())
    expect(await runCommand(['migrate'], { url: database.url })).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^The migration 0001-accounts failed, and the database is unchanged: .*users.* already exists\.?\n$/,
      ),
    })
  })
})

describe('an unusable database', () => {
  test('migrate: prints one line with the fix for an unusable database', async () => {
    const file = await runCommand(['migrate'], { url: 'file:/dev/null/app.db' })
    expect(file).toMatchObject({ code: 1, stdout: '' })
    expect(file.stderr).toMatch(/^Cannot create the folder .* set DATABASE_URL to another place\.\n$/)
    const server = await runCommand(['migrate'], { url: 'postgres://ada@127.0.0.1:1/nothing' })
    expect(server).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'PostgreSQL at 127.0.0.1:1/nothing is not reachable (ECONNREFUSED). Start it, or correct DATABASE_URL.\n',
    })
  })

  test('migrate: never shows the password of DATABASE_URL', async () => {
    const { stderr } = await runCommand(['migrate'], {
      url: 'postgres://ada:swordfish@127.0.0.1:1/nothing',
    })
    expect(stderr).not.toContain('swordfish')
  })
})

describe('invalid settings', () => {
  test('migrate: names all invalid settings and does nothing', async () => {
    await using database = await testDatabase('sqlite')
    const environment = { PASSWORD_MIN: '3', LIMITS: 'none' }
    expect(await runCommand(['migrate'], { url: database.url, environment })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'PASSWORD_MIN must be a whole number from 8 to 64.\nLIMITS must be default or relaxed.\n',
    })
  })
})
