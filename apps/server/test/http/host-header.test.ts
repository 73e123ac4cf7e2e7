import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp, TestAppOptions } from '../../src/testing/test-app.ts'
import { exchange, openRawConnection } from '../support/raw-connection.ts'

/** Sends a request with these `Host` lines; none means HTTP/1.0. @returns the status */
async function statusOf(url: string, target: string, ...hosts: string[]): Promise<number> {
  using line = await openRawConnection(url)
  const version = hosts.length === 0 ? '1.0' : '1.1'
  const lines = [
    `GET ${target} HTTP/${version}`,
    ...hosts.map((host) => `Host: ${host}`),
    'Connection: close',
  ]
  line.send([...lines, '', ''].join('\r\n'))
  return Number((await line.rest()).slice(9, 12))
}

function withApp(options: TestAppOptions, work: (app: () => TestApp) => void): void {
  let app: TestApp | undefined
  beforeAll(async () => {
    app = await testApp(options)
  })
  afterAll(async () => app?.[Symbol.asyncDispose]())
  work(() => {
    if (app === undefined) throw new Error('The server has not started.')
    return app
  })
}

const call = '/trpc/auth.session'

describe('Host: a server that only its own machine can reach', () => {
  withApp({ host: { metricsPort: 0, allowedHosts: ['accounts.internal:8087'] } }, (app) => {
    const port = () => new URL(app().url).port

    test.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST', 'localhost.', '[0:0:0:0:0:0:0:1]'])(
      'accepts %s with its own port',
      async (name) => {
        for (const target of [call, '/livez']) {
          expect(await statusOf(app().url, target, `${name}:${port()}`)).toBe(200)
        }
      },
    )

    test.each([
      'evil.example',
      'evil.example:PORT',
      'localhost.evil.example:PORT',
      'localhost',
      'localhost:1',
      '127.0.0.1.evil.example:PORT',
      '[::2]:PORT',
      '192.0.2.1:PORT',
    ])('rejects %s as misdirected', async (name) => {
      const host = name.replace('PORT', port())
      expect(await statusOf(app().url, call, host)).toBe(421)
      expect(await statusOf(app().url, '/', host)).toBe(421)
      expect(await statusOf(app().url, '/.well-known/change-password', host)).toBe(421)
      expect(await statusOf(String(app().metricsUrl), '/metrics', host)).toBe(421)
    })

    test('accepts a name of ALLOWED_HOSTS', async () => {
      expect(await statusOf(app().url, call, 'accounts.internal:8087')).toBe(200)
      expect(await statusOf(app().url, call, 'accounts.internal')).toBe(421)
    })

    test.each([
      '',
      'a b',
      'localhost:x',
      'localhost:99999',
      'ada@localhost:PORT',
      '[::1',
      'localhost:PORT/x',
    ])('rejects the malformed value "%s" as a bad request', async (name) => {
      expect(await statusOf(app().url, call, name.replace('PORT', port()))).toBe(400)
    })

    test('rejects two Host lines in any order as a bad request', async () => {
      const ours = `localhost:${port()}`
      for (const hosts of [
        [ours, 'evil.example'],
        ['evil.example', ours],
        [ours, ours],
      ]) {
        expect(await statusOf(app().url, call, ...hosts)).toBe(400)
        expect(await statusOf(app().url, '/livez', ...hosts)).toBe(400)
        expect(await statusOf(String(app().metricsUrl), '/metrics', ...hosts)).toBe(400)
      }
    })

    test('rejects HTTP/1.1 without Host as a bad request, with the headers and log line of others', async () => {
      for (const target of [call, '/', '/livez', `http://localhost:${port()}/`]) {
        using line = await openRawConnection(app().url)
        line.send(`GET ${target} HTTP/1.1\r\nConnection: close\r\n\r\n`)
        const answer = await line.rest()
        expect(answer).toContain('HTTP/1.1 400 ')
        expect(answer).toContain('X-Content-Type-Options: nosniff')
        expect(answer).toContain('The request must have one Host header')
        const [, id] = /X-Request-Id: (\S+)/i.exec(answer) ?? []
        expect(app().log.lines).toContainEqual(
          expect.objectContaining({ requestId: id, status: 400, msg: 'request' }),
        )
      }
    })

    test('checks the host of an absolute URL as request target, too', async () => {
      const ours = `localhost:${port()}`
      expect(await statusOf(app().url, `http://${ours}${call}`, ours)).toBe(200)
      expect(await statusOf(app().url, `http://evil.example${call}`, ours)).toBe(421)
      expect(await statusOf(app().url, `http://${ours}@evil.example${call}`, ours)).toBe(421)
      expect(await statusOf(app().url, `http://${ours}${call}`, 'evil.example')).toBe(421)
      expect(await statusOf(app().url, 'http://evil.example/livez', ours)).toBe(421)
    })

    test('serves only health checks to HTTP/1.0 requests without Host', async () => {
      expect(await statusOf(app().url, call)).toBe(421)
      expect(await statusOf(app().url, '/')).toBe(421)
      expect(await statusOf(app().url, '/livez')).toBe(200)
      expect(await statusOf(app().url, '/readyz')).toBe(200)
    })

    test.each(['10.0.0.5', '10.0.0.5:8087', '[fd00::5]:80', 'localhost'])(
      'answers a health check by %s, and rejects one by a foreign name',
      async (host) => {
        for (const target of ['/livez', '/readyz', '/readyz/']) {
          expect(await statusOf(app().url, target, host === 'localhost' ? `${host}:${port()}` : host)).toBe(
            200,
          )
          expect(await statusOf(app().url, target, `evil.example:${port()}`)).toBe(421)
        }
      },
    )

    test('serves metrics by the names of its own machine', async () => {
      const metricsUrl = String(app().metricsUrl)
      const { port: metricsPort } = new URL(metricsUrl)
      for (const name of ['localhost', '127.0.0.1']) {
        expect(await statusOf(metricsUrl, '/metrics', `${name}:${metricsPort}`)).toBe(200)
      }
    })

    test('rejects a call as MISDIRECTED; its page names the address to open and the setting', async () => {
      const malformed = await exchange(app().url, `GET ${call} HTTP/1.1`, 'Host: <b>evil</b>.example')
      expect(malformed).toContain('HTTP/1.1 400 ')
      expect(await exchange(app().url, `GET ${call} HTTP/1.1`, 'Host: evil.example')).toContain(
        '"failure":{"reason":"MISDIRECTED"}',
      )
      const page = await exchange(app().url, 'GET /users HTTP/1.1', 'Host: evil.example')
      expect(page).toMatch(/Content-Type: text\/html; charset=utf-8/i)
      expect(page).toContain(`<a href="http://localhost:${port()}">`)
      expect(page).toContain('PUBLIC_URL')
      expect(page).not.toContain('evil')
    })

    test('logs one warning with the host name and the fix', () => {
      const warnings = app().log.lines.filter(({ level }) => level === 'warn')
      expect(warnings).toHaveLength(1)
      expect(warnings[0]?.['host']).toBeTruthy()
      expect(warnings[0]?.msg).toContain('ALLOWED_HOSTS')
    })
  })
})

describe('Host: a server behind a proxy', () => {
  withApp({ host: { publicUrl: 'https://accounts.example.org', trustProxy: 1 } }, (app) => {
    test.each(['accounts.example.org', 'accounts.example.org:443', 'Accounts.Example.ORG.'])(
      'accepts the name of PUBLIC_URL: %s',
      async (host) => {
        expect(await statusOf(app().url, call, host)).toBe(200)
      },
    )

    test('accepts the server’s own address from a proxy, as nginx sends it by default', async () => {
      expect(await statusOf(app().url, call, new URL(app().url).host)).toBe(200)
    })

    test.each(['accounts.example.org:8087', 'accounts.example.org:80', 'evil.example', 'example.org'])(
      'rejects %s as misdirected',
      async (host) => {
        expect(await statusOf(app().url, call, host)).toBe(421)
      },
    )

    test('rejects calls of pages that were opened by a name of its own machine', async () => {
      const { host } = new URL(app().url)
      for (const site of ['same-origin', 'none']) {
        const response = await fetch(`${app().url}/trpc/auth.logout`, {
          method: 'POST',
          headers: { origin: `http://${host}`, 'sec-fetch-site': site, 'content-type': 'application/json' },
        })
        expect(response.status).toBe(403)
      }
    })
  })
})
