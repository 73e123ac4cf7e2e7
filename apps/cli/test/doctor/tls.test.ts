import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { freePort, makeCertificate } from '@app/router/testing'
import type { Certificate } from '@app/router/testing'
import { describe, expect, test } from 'vitest'
import { checkTls } from '../../src/doctor/check-tls.ts'
import type { Finding } from '../../src/doctor/finding.ts'
import { remoteUser } from '../remote/remote-run.ts'
import { serving } from '../remote/serving.ts'
import { runProcess } from '../run-command.ts'
import { diagnose } from './diagnose.ts'
import { hasOpenssl, makeChain } from './make-chain.ts'
import { hasNginx, startNginx } from './nginx.ts'
import { runningApp } from './running-app.ts'

async function behindTls(certificate: Certificate) {
  const listen = await freePort()
  const app = await runningApp({ host: { publicUrl: `https://127.0.0.1:${listen}`, trustProxy: 1 } })
  const proxy = await startNginx({ port: Number(new URL(app.url).port), listen, certificate })
  return {
    url: proxy.url,
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]()
      await app[Symbol.asyncDispose]()
    },
  }
}

describe.skipIf(!hasNginx)('doctor: certificates of a real nginx', () => {
  test('finds one that no authority signed, and checks the rest', async () => {
    await using server = await behindTls(makeCertificate('127.0.0.1'))
    const { of, with: named } = await diagnose(['--server', server.url])
    expect(named('fail')).toEqual(['tls'])
    expect(of('tls')).toMatchObject({
      text: expect.stringContaining('signed by no authority that this machine trusts'),
      fix: expect.stringContaining('Caddy gets one by itself'),
    })
    expect(of('cookie')?.text).toContain('__Host-session; SameSite=lax; Secure')
    expect(of('hsts')?.status).toBe('ok')
  })

  test('finds one that has expired', async () => {
    await using server = await behindTls(makeCertificate('127.0.0.1', [-30, -1]))
    const { of } = await diagnose(['--server', server.url])
    expect(of('tls')).toMatchObject({
      status: 'fail',
      text: expect.stringMatching(/expired on \d{4}-\d\d-\d\d\.$/),
      fix: expect.stringContaining('certbot renew'),
    })
  })

  test.each([
    ['accepts a trusted one', '127.0.0.1', 90, 'ok', /^The certificate is trusted, and valid until/],
    ['warns of one that expires soon', '127.0.0.1', 5, 'warn', /expires on .*, in [45] days\.$/],
    ['finds one for another name', '127.0.0.2', 90, 'fail', /for another name than 127\.0\.0\.1/],
  ])('%s', async (_, name, days, status, text) => {
    const certificate = makeCertificate(name, [-1, days])
    await using server = await behindTls(certificate)
    using user = remoteUser()
    const file = path.join(user.stateHome, 'authority.pem')
    writeFileSync(file, certificate.cert)
    const environment = { NODE_EXTRA_CA_CERTS: file }
    const { stdout } = await runProcess(['doctor', '--json', '--server', server.url], { environment })
    const { findings } = JSON.parse(stdout) as { findings: Finding[] }
    expect(findings.find(({ check }) => check === 'tls')).toMatchObject({
      status,
      text: expect.stringMatching(text),
    })
  })
})

test.skipIf(!hasNginx || !hasOpenssl)(
  'doctor: finds a chain without the intermediate certificate',
  async () => {
    using user = remoteUser()
    const { rootFile, intermediate, leaf } = makeChain(user.stateHome)
    const tlsOf = async (certificate: Certificate) => {
      await using server = await behindTls(certificate)
      const environment = { NODE_EXTRA_CA_CERTS: rootFile }
      const { stdout } = await runProcess(['doctor', '--json', '--server', server.url], { environment })
      return (JSON.parse(stdout) as { findings: Finding[] }).findings.find(({ check }) => check === 'tls')
    }
    expect(await tlsOf(leaf)).toMatchObject({
      status: 'fail',
      text: expect.stringMatching(/^The chain of certificates of .* is not complete/),
      fix: expect.stringContaining('ssl_certificate fullchain.pem'),
    })
    expect(await tlsOf({ ...leaf, cert: leaf.cert + intermediate })).toMatchObject({ status: 'ok' })
  },
)

test.each([
  ['leads to https', 301, 'https://127.0.0.1/', 'ok'],
  ['serves pages', 200, undefined, 'fail'],
  ['leads elsewhere by http', 301, 'http://127.0.0.1/login', 'fail'],
])('doctor: plain http that %s is %s', async (_, status, location, expected) => {
  using plain = await serving((_request, response) => {
    response.writeHead(status, location === undefined ? {} : { location }).end()
  })
  using server = await serving(
    (_request, response) => void response.end('alive'),
    makeCertificate('127.0.0.1'),
  )
  const [, hsts, redirect] = await checkTls({
    server: new URL(server.url),
    page: new URL(server.url),
    plainHttp: new URL(plain.url),
    timeoutMs: 5_000,
    waitsForIdle: false,
    now: Date.now,
  })
  expect(hsts).toMatchObject({ check: 'hsts', status: 'warn' })
  expect(redirect).toMatchObject({ check: 'redirect', status: expected })
})
