import { freePort } from '@app/router/testing'
import type { TestAppOptions } from '@app/server/testing'
import { describe, expect, test } from 'vitest'
import { serving } from '../remote/serving.ts'
import { diagnose } from './diagnose.ts'
import { documentedLines, hasNginx, startNginx } from './nginx.ts'
import { runningApp } from './running-app.ts'

/** Starts a server behind nginx, whose address is its PUBLIC_URL. */
async function behindNginx(
  lines: readonly string[],
  host: Partial<NonNullable<TestAppOptions['host']>> = { trustProxy: 1 },
  version: '1.0' | '1.1' = '1.1',
) {
  const listen = await freePort()
  const app = await runningApp({ host: { publicUrl: `http://127.0.0.1:${listen}`, ...host } })
  const proxy = await startNginx({ port: Number(new URL(app.url).port), lines, listen, version })
  return {
    app,
    url: proxy.url,
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]()
      await app[Symbol.asyncDispose]()
    },
  }
}

const [passHost = '', passAddress = ''] = documentedLines

describe.skipIf(!hasNginx)('doctor: behind nginx', () => {
  test('finds nothing wrong with the documented lines', async () => {
    await using server = await behindNginx(documentedLines)
    const diagnosis = await diagnose(['--server', server.url])
    expect(diagnosis.with('fail')).toEqual([])
    expect(diagnosis.with('ok')).toEqual([
      'reach',
      'ready',
      'name',
      'address',
      'origin',
      'cookie',
      'events',
      'clock',
    ])
    expect(diagnosis.code).toBe(0)
  })

  test('finds a proxy that does not send X-Forwarded-For', async () => {
    await using server = await behindNginx([passHost])
    const { code, of, with: named } = await diagnose(['--server', server.url])
    expect(named('fail')).toEqual(['address'])
    expect(of('address')).toMatchObject({
      text: expect.stringContaining('fewer addresses than TRUST_PROXY'),
      fix: expect.stringContaining('proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;'),
    })
    expect(code).toBe(1)
  })

  test('finds the same without TRUST_PROXY, by the proxy’s own header', async () => {
    await using server = await behindNginx([passHost], { trustProxy: 0 })
    const { of, with: named } = await diagnose(['--server', server.url])
    expect(named('fail')).toEqual(['address'])
    expect(of('address')?.text).toMatch(/^A proxy \(nginx.*\) is in front/)
  })

  test('finds X-Forwarded-For that is ignored', async () => {
    await using server = await behindNginx(documentedLines, { trustProxy: 0 })
    const { of } = await diagnose(['--server', server.url])
    expect(of('address')).toMatchObject({ status: 'fail', fix: expect.stringMatching(/^TRUST_PROXY=/) })
  })

  test('finds a proxy that replaces the name, and a PUBLIC_URL that is another', async () => {
    await using replaced = await behindNginx(['proxy_set_header Host accounts;', passAddress])
    const one = await diagnose(['--server', replaced.url])
    expect(one.of('name')).toMatchObject({
      status: 'fail',
      text: expect.stringContaining('The proxy replaces the name'),
      fix: expect.stringContaining('proxy_set_header Host $http_host;'),
    })
    await using other = await behindNginx(documentedLines, {
      trustProxy: 1,
      publicUrl: 'https://accounts.example.org',
    })
    const two = await diagnose(['--server', other.url])
    expect(two.of('name')).toMatchObject({
      status: 'fail',
      text: expect.stringContaining('it is https://accounts.example.org'),
      fix: expect.stringContaining(`PUBLIC_URL=${other.url}`),
    })
  })

  test('finds a PUBLIC_URL of another scheme behind a proxy that hides the name', async () => {
    await using server = await behindNginx([passAddress], {
      trustProxy: 1,
      publicUrl: 'https://accounts.example.org',
    })
    const { of } = await diagnose(['--server', server.url])
    expect(of('name')).toMatchObject({ status: 'fail', fix: `PUBLIC_URL=${server.url}` })
    expect(of('origin')).toMatchObject({ status: 'fail', fix: `PUBLIC_URL=${server.url}` })
  })

  test('finds a proxy that holds events back', async () => {
    const buffering = 'proxy_buffering on; proxy_ignore_headers X-Accel-Buffering; proxy_read_timeout 4s;'
    const lines = [...documentedLines, buffering]
    await using server = await behindNginx(lines, { trustProxy: 1 }, '1.0')
    const { of, with: named } = await diagnose(['--server', server.url])
    expect(named('fail')).toEqual(['events'])
    expect(of('events')).toMatchObject({ fix: expect.stringContaining('proxy_buffering off;') })
  })

  test('reads events that a proxy compresses without holding them back', async () => {
    const compress = 'gzip on; gzip_types text/event-stream; gzip_min_length 0; gzip_proxied any;'
    await using server = await behindNginx([...documentedLines, compress])
    const { of } = await diagnose(['--server', server.url])
    expect(of('events')?.status).toBe('ok')
  })

  test('finds a proxy that cuts silent streams', async () => {
    await using server = await behindNginx([...documentedLines, 'proxy_read_timeout 4s;'])
    const { of, with: named } = await diagnose(['--server', server.url, '--idle'])
    expect(named('fail')).toEqual(['idle'])
    expect(of('idle')).toMatchObject({ fix: expect.stringContaining('proxy_read_timeout 60s;') })
  })

  test('finds a proxy that answers preflights itself', async () => {
    const page = 'https://app.example.org'
    await using server = await behindNginx(
      [...documentedLines, "add_header Access-Control-Allow-Origin '*' always;"],
      { trustProxy: 1, allowedOrigins: [page] },
    )
    const { of } = await diagnose(['--server', server.url, '--page', page])
    expect(of('origin')).toMatchObject({
      status: 'fail',
      text: expect.stringContaining('Access-Control-Allow-Origin is'),
      fix: expect.stringContaining('add no Access-Control headers'),
    })
  })
})

test('doctor: finds a proxy that holds events back until several arrive together', async () => {
  await using app = await runningApp()
  using holding = await serving((request, response) => {
    void (async () => {
      const answer = await fetch(`${app.url}${request.url}`, {
        headers: { accept: request.headers.accept ?? '' },
      })
      const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true
      let held = ''
      for await (const chunk of answer.body ?? []) {
        held += new TextDecoder().decode(chunk)
        if (isStream && held.includes('data: 2')) break
      }
      response.end(held)
    })()
  })
  const { of } = await diagnose(['--server', holding.url])
  expect(of('events')).toMatchObject({
    status: 'fail',
    text: 'A proxy holds events back: two that were sent apart arrived together.',
  })
})
