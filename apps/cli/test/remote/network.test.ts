import { makeCertificate } from '@app/router/testing'
import { expect, test } from 'vitest'
import { remoteUser } from './remote-run.ts'
import { serving } from './serving.ts'

async function whoami(url: string, ...more: string[]) {
  using user = remoteUser()
  return await user.run(['whoami', '--server', url, ...more])
}

test('remote commands: a proxy that answers in place of the server is named as such', async () => {
  using server = await serving((_request, response) => {
    response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway canary</h1>')
  })
  expect(await whoami(server.url)).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'Another program answered in place of the server (status 502). Check the address and the proxy.\n',
  })
})

test('remote commands: a redirect is not followed, and its address is named', async () => {
  let requests = 0
  using server = await serving((_request, response) => {
    requests += 1
    response.writeHead(301, { location: 'https://accounts.example.org/trpc' }).end()
  })
  expect(await whoami(server.url)).toMatchObject({
    code: 1,
    stderr: 'The server redirects to https://accounts.example.org. Use that address as --server.\n',
  })
  expect(requests).toBe(1)
})

test('remote commands: a server that does not answer ends the command in time', async () => {
  using server = await serving(() => undefined)
  expect(await whoami(server.url, '--timeout', '1')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^127\.0\.0\.1:\d+ did not answer within a second\./),
  })
})

test('remote commands: a certificate that no authority signed is refused', async () => {
  let requests = 0
  using server = await serving((_request, response) => {
    requests += 1
    response.end()
  }, makeCertificate('127.0.0.1'))
  expect(await whoami(server.url)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^The certificate of .* is signed by no authority .* NODE_EXTRA_CA_CERTS/),
  })
  expect(requests).toBe(0)
})

test.each([
  ['http://accounts.example.org', 1, /Use https:\/\/accounts\.example\.org, or --allow-http/],
  ['http://127.0.0.1.example.org', 1, /--allow-http/],
  ['https://accounts.example.org/app', 2, /^The server must be an address without a path/],
  ['https://ada:swordfish@example.org', 2, /^The server must be an address without a path/],
  ['ftp://example.org', 2, /^The server must be an address/],
  ['accounts', 2, /^The server must be an address/],
])('remote commands: the server %s is refused', async (url, code, stderr) => {
  const ended = await whoami(url)
  expect(ended).toMatchObject({ code, stderr: expect.stringMatching(stderr) })
  expect(ended.stderr).not.toContain('swordfish')
})

test('remote commands: --allow-http allows plain http to another machine', async () => {
  const ended = await whoami('http://accounts.invalid', '--allow-http')
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/^The name of accounts\.invalid/) })
})
