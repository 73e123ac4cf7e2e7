import { createServer as createHttpsServer } from 'node:https'
import { connect } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { expect, test } from 'vitest'
import { cappedFetch } from './features/identities/provider/capped-fetch.ts'
import { githubProtocol } from './features/identities/provider/github-protocol.ts'
import { oidcProtocol } from './features/identities/provider/oidc-protocol.ts'
import { trustCertificate } from './features/mail/trust-certificate.fixture.ts'
import { askRange } from './features/passwords/breach-check/ask-range.ts'
import { connectToRedis } from './rate-limits/counter-store.ts'
import { createInFlightCounter } from './rate-limits/in-flight-counter.ts'
import { makeCertificate } from './testing/make-certificate.ts'
import type { Certificate } from './testing/make-certificate.ts'
import { missingRedis, startRedis } from './testing/redis-server.ts'

// ASVS 5.0 12.3.2. Tests of PostgreSQL and SMTP are with their connections.

interface Reachable extends AsyncDisposable {
  port: number
  /** The requests that the server has decrypted. */
  readonly requests: string[]
}

async function listening(server: Server, requests: string[]): Promise<Reachable> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    // A TCP server has an address object, not the name of a pipe.
    port: (server.address() as AddressInfo).port,
    requests,
    [Symbol.asyncDispose]: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}

/** A provider of identities and a range service. */
function serveHttps(certificate: Certificate): Promise<Reachable> {
  const requests: string[] = []
  const server = createHttpsServer(certificate, ({ url = '', headers }, response) => {
    requests.push(url)
    const issuer = `https://${headers.host}`
    const at = (path: string) => `${issuer}/${path}`
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' })
    if (url.startsWith('/range/')) return void response.end(`${'0'.repeat(35)}:1`)
    if (!url.startsWith('/.well-known/')) return void response.end('{}')
    response.end(
      JSON.stringify({
        issuer,
        authorization_endpoint: at('authorize'),
        token_endpoint: at('token'),
        jwks_uri: at('jwks'),
      }),
    )
  })
  return listening(server, requests)
}

const settingsOf = (issuer: string) => ({
  name: 'tls',
  label: 'TLS',
  issuer,
  clientId: 'accounts',
  clientSecret: 'a-client-secret-of-tests',
})
const start = { redirectUri: 'https://a.test/b', verifier: 'v'.repeat(43), state: 's', nonce: 'n' }
const newFetch = () => cappedFetch(createInFlightCounter(), 'tls')

const clients: Record<string, (port: number) => Promise<unknown>> = {
  'the breach check': (port) =>
    askRange({ url: `https://127.0.0.1:${port}/range/`, timeoutMs: 10_000 }, 'a password'),
  'a provider': (port) =>
    oidcProtocol({ ...settingsOf(`https://127.0.0.1:${port}`), protocol: 'oidc' }, newFetch())
      .authorizationUrl({ ...start, isFresh: false })
      .catch(() => 'refused'),
  GitHub: (port) =>
    githubProtocol({ ...settingsOf(`https://127.0.0.1:${port}`), protocol: 'github' }, newFetch())
      .readAccount({
        ...start,
        url: new URL('https://a.test/b?code=c&state=s'),
        maxAgeSeconds: null,
        now: Date.now(),
      })
      .catch(() => 'refused'),
}

test.each(Object.entries(clients))(
  'TLS clients: %s accepts trusted certificates for its host only',
  async (_, call) => {
    const own = makeCertificate('127.0.0.1')
    const other = makeCertificate('other.example.org')
    await using untrusted = await serveHttps(makeCertificate('127.0.0.1'))
    await using misnamed = await serveHttps(other)
    await using trusted = await serveHttps(own)
    using _own = trustCertificate(own.cert)
    using _other = trustCertificate(other.cert)
    for (const { port } of [untrusted, misnamed, trusted]) await call(port)
    expect([untrusted.requests, misnamed.requests]).toEqual([[], []])
    expect(trusted.requests.length).toBeGreaterThan(0)
  },
)

const why = missingRedis()

test.skipIf(why !== '')(
  `TLS clients: rediss:// accepts trusted certificates for its host only${why}`,
  async () => {
    await using redis = await startRedis()
    const redisPort = Number(new URL(redis.url).port)
    const serve = (certificate: Certificate) =>
      listening(
        createTlsServer(certificate, (socket) => {
          const inner = connect(redisPort, '127.0.0.1')
          socket.pipe(inner).pipe(socket)
          socket.on('error', () => inner.destroy())
          socket.on('close', () => inner.destroy())
          inner.on('error', () => socket.destroy())
        }),
        [],
      )
    const own = makeCertificate('127.0.0.1')
    const other = makeCertificate('other.example.org')
    await using untrusted = await serve(makeCertificate('127.0.0.1'))
    await using misnamed = await serve(other)
    await using trusted = await serve(own)
    using _own = trustCertificate(own.cert)
    using _other = trustCertificate(other.cert)
    for (const [{ port }, code] of [
      [untrusted, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
      [misnamed, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ] as const)
      await expect(connectToRedis(`rediss://127.0.0.1:${port}`)).rejects.toMatchObject({ code })
    const store = await connectToRedis(`rediss://127.0.0.1:${trusted.port}`)
    expect(await store.add('key', 2, 10_000)).toMatchObject({ consumedPoints: 2 })
    store.close()
  },
)
