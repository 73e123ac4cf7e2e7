import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { signupInput } from '@app/contract/testing'
import { testApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { binary, commandEnvironment, runProcess } from '../run-command.ts'
import { remoteUser } from './remote-run.ts'
import { serving } from './serving.ts'

const password = 'correct horse battery'

test('remote commands: two processes that log in at the same time keep both sessions', async () => {
  using user = remoteUser()
  await using one = await testApp()
  await using two = await testApp()
  for (const app of [one, two]) {
    await app.newClient().auth.signup.mutate(signupInput({ username: 'grace', password }))
  }
  const { environment } = user
  const ended = await Promise.all(
    [one, two].map((app) =>
      runProcess(['login', 'grace', '--server', app.url, '--password-stdin'], {
        input: password,
        environment,
      }),
    ),
  )
  expect(ended.map(({ code }) => code)).toEqual([0, 0])
  for (const { url } of [one, two])
    expect(await user.run(['whoami', '--server', url])).toMatchObject({ code: 0 })
  expect(readdirSync(path.dirname(user.credentialsFile))).toEqual(['credentials.json'])
})

test('remote commands: Ctrl-C ends a call at once with 130 and leaves the file whole', async () => {
  using user = remoteUser()
  await using app = await testApp()
  await app.newClient().auth.signup.mutate(signupInput({ username: 'grace', password }))
  await user.run(['login', 'grace', '--server', app.url, '--password-stdin'], password)
  const before = readFileSync(user.credentialsFile, 'utf8')
  const asked = Promise.withResolvers<void>()
  using silent = await serving(() => asked.resolve())
  const words = [binary, 'whoami', '--server', silent.url]
  const child = spawn(process.execPath, words, { env: { ...commandEnvironment(), ...user.environment } })
  let printed = ''
  child.stdout.on('data', (text: Buffer) => (printed += text.toString()))
  child.stderr.on('data', (text: Buffer) => (printed += text.toString()))
  await asked.promise
  child.kill('SIGINT')
  expect(await once(child, 'close')).toEqual([130, null])
  expect(printed).toBe('')
  expect(readFileSync(user.credentialsFile, 'utf8')).toBe(before)
})
