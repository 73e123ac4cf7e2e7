import { freePort, isInstalled, makeCertificate } from '@app/router/testing'
import { describe, expect, test } from 'vitest'
import { diagnose } from './diagnose.ts'
import { startDocumentedProxy } from './documented-proxy.ts'
import { runningApp } from './running-app.ts'

for (const program of ['nginx', 'haproxy'] as const) {
  describe.skipIf(!isInstalled(program))(`docs/operations.md: the file for ${program}`, () => {
    test('serves https, passes name and address on, and leads plain http to https', async () => {
      const [listen, plain] = [await freePort(), await freePort()]
      await using app = await runningApp({
        host: { publicUrl: `https://127.0.0.1:${listen}`, trustProxy: 1 },
      })
      const server = Number(new URL(app.url).port)
      const certificate = makeCertificate('127.0.0.1')
      await using _proxy = await startDocumentedProxy(program, { listen, plain, server, certificate })
      const { with: named } = await diagnose(['--server', `https://127.0.0.1:${listen}`])
      // No authority signed the certificate of the test.
      expect(named('fail')).toEqual(['tls'])
      expect(named('ok')).toEqual([
        'reach',
        'ready',
        'hsts',
        'name',
        'address',
        'origin',
        'cookie',
        'events',
        'clock',
      ])
      const answer = await fetch(`http://127.0.0.1:${plain}/login`, { redirect: 'manual' })
      expect([answer.status, answer.headers.get('location')]).toEqual([
        301,
        expect.stringMatching(/^https:\/\/127\.0\.0\.1(?::\d+)?\/login$/),
      ])
    })
  })
}

test.skipIf(!isInstalled('haproxy'))(
  'doctor: finds addresses that clients choose, behind HAProxy',
  async () => {
    const [listen, plain] = [await freePort(), await freePort()]
    await using app = await runningApp({ host: { publicUrl: `https://127.0.0.1:${listen}`, trustProxy: 1 } })
    await using _proxy = await startDocumentedProxy('haproxy', {
      listen,
      plain,
      server: Number(new URL(app.url).port),
      certificate: makeCertificate('127.0.0.1'),
      change: (config) => config.replace('option forwardfor', 'option forwardfor if-none'),
    })
    const { of, with: named } = await diagnose(['--server', `https://127.0.0.1:${listen}`])
    expect(named('fail')).toEqual(['tls', 'address'])
    expect(of('address')).toMatchObject({
      text: expect.stringContaining('believes an X-Forwarded-For that the client wrote'),
      fix: expect.stringContaining('option forwardfor (without if-none)'),
    })
  },
)
