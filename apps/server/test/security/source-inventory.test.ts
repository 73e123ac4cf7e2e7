import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { repositoryRoot } from '@app/router'
import { expect, test } from 'vitest'

// docs/security.md lists uses of cryptography and connections by hand. These tests find them in the source.

interface Source {
  file: string
  text: string
}

const sources: Source[] = globSync('{apps/server,packages/router,packages/contract}/src/**/*.ts', {
  cwd: repositoryRoot,
})
  .map((file) => file.replaceAll('\\', '/'))
  .toSorted()
  .filter((file) => !/\.(test|fixture)\.ts$|\/testing\//.test(file))
  .map((file) => ({ file, text: readFileSync(path.join(repositoryRoot, file), 'utf8') }))

const security = readFileSync(path.join(repositoryRoot, 'docs/security.md'), 'utf8').replaceAll(/\s+/g, ' ')

function findAll(pattern: RegExp, within = sources): { file: string; found: string }[] {
  return within.flatMap(({ file, text }) =>
    [...text.matchAll(pattern)].map(([whole, found]) => ({ file, found: found ?? whole })),
  )
}

const unique = (texts: string[]) => [...new Set(texts)].toSorted()

const takesAlgorithm = /^(?:createHash|hash|createHmac|hkdfSync|createCipheriv|createDecipheriv)$/

function importedFromCrypto(source: Source): string[] {
  const imports = findAll(/import (?:type )?\{([^}]*)\} from 'node:crypto'/g, [source])
  return imports.flatMap(({ found }) => found.split(',').map((name) => name.trim()))
}

test('cryptography in the source: approved functions only, each in docs/security.md', () => {
  const algorithms = sources.flatMap((source) => {
    const names = importedFromCrypto(source).filter((name) => takesAlgorithm.test(name))
    return names.length === 0
      ? []
      : findAll(new RegExp(`\\b(?:${names.join('|')})\\(\\s*([^,)]+)`, 'g'), [source])
  })
  const usual = ["'sha256'", "'sha384'", "'aes-256-gcm'"]
  expect(algorithms.filter(({ found }) => !usual.includes(found))).toEqual([
    // The protocol of the service: not to protect anything.
    { file: 'packages/router/src/features/passwords/breach-check/ask-range.ts', found: "'sha1'" },
    // The checksum of a package, compared when the list is built.
    { file: 'packages/router/src/features/passwords/known-passwords/build.ts', found: "'sha512'" },
  ])
  for (const name of ['SHA-256', 'SHA-384', 'SHA-1', 'AES-256-GCM', 'HS256', 'HKDF-SHA-256', 'HMAC-SHA-256'])
    expect(security).toContain(name)
})

test('cryptography in the source: no other function of Node, and no other library', () => {
  expect(unique(sources.flatMap(importedFromCrypto))).toEqual([
    'KeyObject',
    'createCipheriv',
    'createDecipheriv',
    'createHash',
    'createHmac',
    'createSecretKey',
    'hash',
    'hkdfSync',
    'randomBytes',
    'randomFillSync',
    'randomInt',
    'randomUUID',
    'timingSafeEqual',
  ])
  const other = /\b(?:crypto\.subtle|webcrypto|(?:import|require)\(['"](?:node:)?crypto['"]\))|from 'crypto'/g
  expect(findAll(other)).toEqual([])
  const libraries =
    /\b(?:from|import\() ?'((?:bcrypt|jsonwebtoken|otplib|openid-client|@simplewebauthn)[^']*)'/g
  expect(unique(findAll(libraries).map(({ found }) => found))).toEqual([
    '@simplewebauthn/server',
    '@simplewebauthn/server/helpers',
    'bcrypt',
    'jsonwebtoken',
    'openid-client',
    'otplib',
  ])
})

/** What can open a connection. Of `node:net`, type checks of addresses cannot. */
const connecting =
  /(?<!\.)\bfetch\((?=.)|\bnew (?:EventSource|WebSocket)\(|(?<!type )\b(?:from|import\() ?'((?:pg|nodemailer|@redis\/client|openid-client|undici|ws|node:(?:dgram|http2|https|tls))[^']*)'|\b(?:connect|createConnection|request)\b[^}]*\} from 'node:(?:net|http)'/g

test('connections of the server in the source: those of docs/security.md, and no other', () => {
  const server = sources.filter(({ file }) => /^(?:apps\/server|packages\/router)\//.test(file))
  const files = unique(findAll(connecting, server).map(({ file }) => file))
  const documented: Record<string, RegExp> = {
    DATABASE_URL: /^packages\/router\/src\/db\/postgres\//,
    SMTP_URL: /^packages\/router\/src\/features\/mail\//,
    LIMITS_STORE: /^packages\/router\/src\/rate-limits\/counter-store\.ts$/,
    'OIDC_…': /^packages\/router\/src\/features\/identities\/provider\/\w+-(?:fetch|protocol)\.ts$/,
    BREACH_CHECK_URL: /^packages\/router\/src\/features\/passwords\/breach-check\/ask-range\.ts$/,
  }
  const [, sentence = ''] =
    /The server opens connections (.*?) It opens no other connection\./.exec(security) ?? []
  for (const [setting, where] of Object.entries(documented)) {
    expect(sentence).toContain(`\`${setting}\``)
    expect([setting, files.some((file) => where.test(file))]).toEqual([setting, true])
  }
  expect(files.filter((file) => !Object.values(documented).some((where) => where.test(file)))).toEqual([])
})
