import { signupInput } from '@app/contract/testing'
import { testApp } from '@app/server/testing'
import type { TestApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { runProcess } from '../run-command.ts'
import { remoteUser } from './remote-run.ts'
import { serving } from './serving.ts'

const password = 'correct horse battery'

async function signedIn(app: TestApp) {
  const user = remoteUser()
  await app.newClient().auth.signup.mutate(signupInput({ username: 'grace', password }))
  await user.run(['login', 'grace', '--server', app.url, '--password-stdin'], password)
  return user
}

test('call: prints the result of queries and mutations', async () => {
  await using app = await testApp()
  using user = await signedIn(app)
  const me = await user.run(['call', 'account.me'])
  expect(JSON.parse(me.stdout)).toMatchObject({ username: 'grace' })
  const changed = await user.run(['call', 'account.updateProfile', '-'], '{"name":"Grace"}')
  expect(JSON.parse(changed.stdout)).toMatchObject({ name: 'Grace' })
  const again = await user.run(['call', 'account.updateProfile', '{"name":"G."}'])
  expect(JSON.parse(again.stdout)).toMatchObject({ name: 'G.' })
})

test('call: sends an input that may be secret in no URL', async () => {
  const requests: string[] = []
  using server = await serving((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"result":{"data":{}}}')
  })
  using user = remoteUser()
  await user.run(['call', 'auth.login', '-', '--server', server.url], '{"password":"canary"}')
  expect(requests).toEqual(['POST /trpc/auth.login'])
})

test.each([
  ['an unknown procedure', ['call', 'no.such'], 1, /^There is no such procedure\. Check its name/],
  ['an input that the server refuses', ['call', 'users.list', '{"limit":0}'], 1, /^\S.*\n$/],
  ['an input that is not JSON', ['call', 'users.list', '{canary'], 2, /^The input is not valid JSON\.\n/],
  ['a path that is none', ['call', '../etc'], 2, /^The procedure must be a path/],
  ['no procedure', ['call'], 2, /^The procedure is missing\./],
  ['too many words', ['call', 'account.me', '{}', 'x'], 2, /^There are too many arguments\./],
])('call: %s fails with its sentence', async (_, words, code, stderr) => {
  await using app = await testApp()
  using user = await signedIn(app)
  const ended = await user.run(words)
  expect(ended).toEqual({ code, stdout: '', stderr: expect.stringMatching(stderr) })
  expect(ended.stderr).not.toContain('canary')
})

test('call: prints a download while it arrives, and the events of a stream until it ends', async () => {
  await using app = await testApp()
  using user = await signedIn(app)
  const exported = await runProcess(['call', 'account.export'], { environment: user.environment })
  expect(exported).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(exported.stdout)).toMatchObject({ profile: { username: 'grace' } })

  const stream = runProcess(['call', 'sessions.events'], { environment: user.environment })
  await expect.poll(() => app.services.sessionStreams.count).toBe(1)
  await user.run(['call', 'account.updateProfile', '{"name":"Grace"}'])
  await user.run(['logout'])
  const ended = await stream
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  const events = ended.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
  expect(events.at(-1)).toMatchObject({ data: { type: 'ended' } })
})
