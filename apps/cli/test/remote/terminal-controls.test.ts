import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { runCommand, runProcess } from '../run-command.ts'
import { remoteUser } from './remote-run.ts'
import { serving } from './serving.ts'

/** C1 controls, DEL, a change of direction, a tag outside of the BMP, and half of a pair. */
const controls = '\u009B31m\u0085\u007F\u202E\u{E0041}\uD83D'
const text = `é🙂 "quoted" ${controls}`

/** Serves one JSON text to every call, with the characters unescaped where JSON allows them. */
const servingJson = (json: string, status = 200) =>
  serving((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(json)
  })

function expectSafe(printed: string): void {
  expect(printed).toMatch(/^\P{C}+\n$/u)
}

test('call: escapes controls in a result, and the value stays the same', async () => {
  using server = await servingJson(JSON.stringify({ result: { data: { userAgent: text } } }))
  using user = remoteUser()
  const { code, stdout } = await user.run(['call', 'no.such', '--server', server.url])
  expect(code).toBe(0)
  expectSafe(stdout)
  expect(stdout).toContain('é🙂')
  expect(JSON.parse(stdout)).toEqual({ userAgent: text })
})

test('whoami --json: escapes controls in a result', async () => {
  const data = { username: 'grace', name: text, role: 'user' }
  using server = await servingJson(JSON.stringify([{ result: { data } }]))
  using user = remoteUser()
  const { stdout } = await user.run(['whoami', '--json', '--server', server.url])
  expectSafe(stdout)
  expect(JSON.parse(stdout)).toMatchObject({ user: data })
})

test('remote commands: --json escapes controls in a failure', async () => {
  const data = { failure: { reason: 'NOT_FOUND', text }, requestId: text }
  using server = await servingJson(JSON.stringify([{ error: { message: '', code: -32_600, data } }]), 400)
  using user = remoteUser()
  const { code, stderr } = await user.run(['whoami', '--json', '--server', server.url])
  expect(code).toBe(1)
  expectSafe(stderr)
  expect(JSON.parse(stderr)).toMatchObject(data)
})

test('tokens create: prints no control of the server', async () => {
  const data = { token: `token${controls}`, id: `id${controls}`, expiresAt: controls }
  using server = await servingJson(JSON.stringify({ result: { data } }))
  using user = remoteUser()
  const words = ['tokens', 'create', 'backup', '--scope', 'account:read', '--server', server.url]
  const { code, stdout, stderr } = await user.run(words)
  expect(code).toBe(0)
  expectSafe(stdout)
  expectSafe(stderr)
})

const token = {
  id: `id${text}\n`,
  hint: '\n',
  name: 'backup\n',
  scopes: ['account:read\n'],
  expiresAt: '2030\n',
  lastUsedAt: '\n',
}

test.each([
  ['whoami', { username: `grace${text}\n`, name: '\n', role: '\n' }, 1],
  ['tokens list', { items: [token, token], grantable: ['account:read\n'] }, 3],
])('%s: text of a server adds no lines', async (command, data, lines) => {
  using server = await servingJson(JSON.stringify([{ result: { data } }]))
  using user = remoteUser()
  const { stdout } = await user.run([...command.split(' '), '--server', server.url])
  expect(stdout).toMatch(new RegExp(`^(?:\\P{C}+\n){${lines}}$`, 'u'))
})

test('call: escapes controls in the events of a stream', async () => {
  const fail = (response: ServerResponse, error: object) =>
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(error))
  const errorOf = (reason: string) => ({
    error: { message: '', code: -32_600, data: { failure: { reason } } },
  })
  const answer = ({ method, headers }: IncomingMessage, response: ServerResponse) => {
    if (method === 'POST') return void fail(response, errorOf('METHOD_NOT_ALLOWED'))
    if (headers.accept !== 'text/event-stream') return void fail(response, [errorOf('BATCH_REFUSED')])
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const events = `event: connected\ndata: {}\n\ndata: ${JSON.stringify({ userAgent: text })}\n\n`
    response.end(`${events}event: return\ndata:\n\n`)
  }
  using server = await serving(answer)
  using user = remoteUser()
  const { stdout } = await user.run(['call', 'no.such', '--server', server.url])
  expectSafe(stdout)
  expect(JSON.parse(stdout)).toMatchObject({ userAgent: text })
})

test('doctor --json: escapes controls of a server', async () => {
  using server = await serving((_request, response) => {
    response.writeHead(421, { 'content-type': 'text/html' }).end(`<a href="https://a.${controls}">`)
  })
  const { stdout } = await runCommand(['doctor', '--json', '--server', server.url])
  expectSafe(stdout)
  expect(stdout).toContain(String.raw`https://a.\u009b31m`)
})

test('doctor: prints text of a server on the line of its finding', async () => {
  using server = await serving((_request, response) => {
    response.writeHead(421, { 'content-type': 'text/html' }).end('<a href="https://a.\nok       tls">')
  })
  const { stdout } = await runCommand(['doctor', '--server', server.url])
  expect(stdout).toContain('https://a.?ok       tls')
  expect(stdout).not.toMatch(/^ok +tls/m)
})

test('call: escapes controls in a download, which stays the same JSON', async () => {
  const file = { title: text, body: 'two\nlines\t' }
  // A chunk ends between two characters.
  const [start, end] = JSON.stringify(file, null, '\t').split('31m')
  using server = await serving((request, response) => {
    if (request.method === 'POST') {
      const error = { message: '', code: -32_600, data: { failure: { reason: 'METHOD_NOT_ALLOWED' } } }
      return void response
        .writeHead(405, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error }))
    }
    response.writeHead(200, { 'content-type': 'application/json' }).write(`${start}31m`)
    setTimeout(() => response.end(end), 20)
  })
  using user = remoteUser()
  const words = ['call', 'account.export', '--server', server.url]
  const { stdout } = await runProcess(words, { environment: user.environment })
  expect(stdout).toMatch(/^(?:[\n\t]|\P{C})+$/u)
  expect(JSON.parse(stdout)).toEqual(file)
})
