import { emptyTestDatabase } from '@app/router/testing'
import { testApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { serving } from '../remote/serving.ts'
import { runCommand } from '../run-command.ts'
import { diagnose } from './diagnose.ts'
import { runningApp } from './running-app.ts'

test.each([
  [3_600_000, 'fail', /(59|60|61) minutes ahead of that of this machine/],
  [-3_600_000, 'fail', /(59|60|61) minutes behind/],
  [10_000, 'warn', /1?\d seconds ahead of/],
])('doctor: a clock that is %i ms off is a %s', async (offsetMs, status, text) => {
  await using app = await runningApp({}, offsetMs)
  const { of } = await diagnose(['--server', app.url])
  expect(of('clock')).toMatchObject({
    status,
    text: expect.stringMatching(text),
    fix: expect.stringContaining('timedatectl set-ntp true'),
  })
})

test('doctor: a server that is not ready is named with the fix', async () => {
  await using empty = await emptyTestDatabase('sqlite')
  await using app = await testApp({ databaseUrl: empty.url })
  const { of, code } = await diagnose(['--server', app.url])
  expect(of('ready')).toMatchObject({ status: 'fail', fix: expect.stringContaining('`migrate`') })
  expect(code).toBe(1)
})

test('doctor: another program, and no program, end the checks', async () => {
  using other = await serving((_request, response) => void response.end('<h1>It works</h1>'))
  const { of, with: named } = await diagnose(['--server', other.url])
  expect(of('reach')?.text).toMatch(/^Another program answers at/)
  expect(named('fail')).toEqual(['reach'])
  using leading = await serving((_request, response) => {
    response.writeHead(301, { location: 'https://www.example.org/livez' }).end()
  })
  const led = await diagnose(['--server', leading.url])
  expect(led.of('reach')).toMatchObject({
    status: 'fail',
    fix: expect.stringContaining('--server https://www.example.org'),
  })
  const none = await diagnose(['--server', 'http://127.0.0.1:2'])
  expect(none.of('reach')).toMatchObject({ status: 'fail', fix: expect.stringContaining('let it listen') })
})

test('doctor: prints one line a check and one for the fix, and ends with the number of failures', async () => {
  await using app = await runningApp()
  const ended = await runCommand(['doctor', '--server', app.url, '--page', 'http://localhost:3000'])
  expect(ended.code).toBe(1)
  expect(ended.stderr).toBe('2 checks failed.\n')
  expect(ended.stdout).toMatch(/^ok {7}reach {5}The server answers at/)
  for (const line of ended.stdout.trimEnd().split('\n'))
    expect(line).toMatch(/^((ok|warn|fail|skipped) +[a-z]+ +\S| {19}fix: \S)/)
})

test.each([
  [['--server', 'accounts'], /^--server must be an address/],
  [['--page', 'https://a.example/path'], /^--page must be an address/],
  [['--server'], /^Option '--server <value>' argument missing/],
])('doctor: %j is wrong use', async (words, stderr) => {
  expect(await runCommand(['doctor', ...words])).toEqual({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(stderr),
  })
})
