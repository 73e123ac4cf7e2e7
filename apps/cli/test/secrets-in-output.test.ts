import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { testDatabase } from '@app/router/testing'
import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'
import type { Ended } from './run-command.ts'

const password = 'canary in the pipe 4711'
const shortSecret = 'canary-too-short'
const secret = 'an auth secret that sings: tweet tweet'
const create = (username: string) => ['admin', 'create', username, '--password-stdin']

/** Runs commands that succeed and fail in every way. */
async function runAllOutcomes(url: string): Promise<Ended[]> {
  const environment = { AUTH_SECRETS: secret }
  const broken = `${path.dirname(url.slice('file:'.length))}/broken.db`
  writeFileSync(broken, 'this is no database')
  const unreachable = `postgres://ada:${encodeURIComponent(password)}@127.0.0.1:1/app`
  const input = `${password}\n`
  const endings: Ended[] = []
  for (const [words, surroundings] of [
    [create('ada'), { url, input, environment }],
    [create('ada'), { url, input, environment }],
    [create('No Name!'), { url, input, environment }],
    [create('canary'), { url, input: 'canary\n', environment }],
    [create('grace'), { url, input: input.repeat(2), environment }],
    [create('grace'), { url, input: password.repeat(20), environment }],
    [['admin', 'create', 'grace', password], { url, environment }],
    [['admin', 'create', 'grace', `--password=${password}`], { url, environment }],
    [['admin', 'unlock', 'missing'], { url, environment }],
    [['migrate'], { url: `file:${broken}`, environment }],
    [create('grace'), { url: `file:${broken}`, input, environment }],
    [['migrate'], { url: unreachable, environment }],
    [create('grace'), { url: unreachable, input, environment }],
    [['migrate'], { url, environment: { AUTH_SECRETS: shortSecret, PASSWORD_HASH_COST: '99' } }],
    [['migrate'], { url: `mysql://ada:${encodeURIComponent(password)}@127.0.0.1/x`, environment }],
  ] as const) {
    endings.push(await runCommand([...words], surroundings))
  }
  return endings
}

test('commands: no output contains a password, a secret or a stack', async () => {
  await using database = await testDatabase('sqlite')
  const endings = await runAllOutcomes(database.url)
  expect(endings.map(({ code }) => code)).toEqual([0, 1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1, 1, 1])
  for (const { stdout, stderr } of endings) {
    for (const canary of [password, encodeURIComponent(password), shortSecret, secret, '$2b$', '    at ']) {
      expect(`${stdout}${stderr}`).not.toContain(canary)
    }
  }
})
