import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { signupInput } from '@app/contract/testing'
import { testApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { packageName } from '../src/pack-client.ts'
import { outsideProject } from './outside-project.ts'

const program = `
import { attempt, createClient } from '${packageName}'

const api = createClient(process.argv[2] ?? '')
const rejected = await attempt(api.auth.login.mutate({ username: 'ada', password: 'a wrong guess' }))
if (rejected.ok) throw new Error('The wrong password was accepted.')
console.log(rejected.failure.reason, rejected.requestId !== null)
const { user } = await api.auth.login.mutate({ username: 'ada', password: 'correct horse battery' })
console.log(user.username, (await api.account.me.query()).username)
const missing = await attempt(api.sessions.revoke.mutate({ id: '019ac3a1-0000-7000-8000-000000000000' }))
console.log(missing.ok || missing.failure.reason)
await new Promise<void>((resolve) => {
  const stream = api.sessions.events.subscribe(undefined, {
    onData: ({ data }) => {
      console.log(data.type)
      stream.unsubscribe()
      resolve()
    },
  })
})
const unreachable = await attempt(createClient('http://127.0.0.1:1').account.me.query())
console.log(unreachable.ok || [unreachable.failure.reason, unreachable.requestId])
`

test('the packed client: a program outside logs in, calls, receives events and reads typed failures', async () => {
  await using app = await testApp()
  await app
    .newClient()
    .auth.signup.mutate(signupInput({ username: 'ada', password: 'correct horse battery' }))
  using project = await outsideProject()
  const file = project.write('program.ts', program)
  const { stdout } = await promisify(execFile)(process.execPath, [file, app.url], { cwd: project.folder })
  expect(stdout.split('\n')).toEqual([
    'INVALID_CREDENTIALS true',
    'ada ada',
    'NOT_FOUND',
    'changed',
    "[ 'UNREACHABLE', null ]",
    '',
  ])
})
