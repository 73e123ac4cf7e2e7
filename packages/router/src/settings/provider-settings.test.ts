import { expect, test } from 'vitest'
import { readProviders } from './provider-settings.ts'
import { readAccountSettings } from './settings.ts'

const acme = {
  OIDC_ACME_ISSUER: 'https://login.example.org/realms/staff',
  OIDC_ACME_CLIENT_ID: 'accounts',
  OIDC_ACME_CLIENT_SECRET: 'a client secret'.replaceAll(' ', '-'),
}

test('providers: none by default', () => {
  expect(
    readProviders({ OIDC_ACME_ISSUER: ' ', OIDC_ISSUER: 'https://other.example', PATH: '/bin' }),
  ).toEqual({
    providers: [],
    problems: [],
  })
})

test('providers: GitHub and Google need no issuer, and others have a label by their name', () => {
  const { providers, problems } = readProviders({
    ...acme,
    OIDC_GOOGLE_CLIENT_ID: 'g',
    OIDC_GOOGLE_CLIENT_SECRET: 'gs',
    OIDC_GITHUB_CLIENT_ID: 'h',
    OIDC_GITHUB_CLIENT_SECRET: 'hs',
    OIDC_GITHUB_ISSUER: 'https://github.example.org/',
    OIDC_GITHUB_LABEL: 'Our GitHub',
  })
  expect(problems).toEqual([])
  expect(providers).toMatchObject([
    { name: 'acme', label: 'Acme', protocol: 'oidc', issuer: acme.OIDC_ACME_ISSUER, clientId: 'accounts' },
    { name: 'github', label: 'Our GitHub', protocol: 'github', issuer: 'https://github.example.org' },
    { name: 'google', label: 'Google', protocol: 'oidc', issuer: 'https://accounts.google.com' },
  ])
})

test('providers: all problems are reported together, without secrets', () => {
  const { providers, problems } = readProviders({
    OIDC_ACME_ISSUER: 'http://login.example.org',
    OIDC_ACME_CLIENT_SECRET: 'swordfish with spaces',
    OIDC_ACME_LABEL: 'x'.repeat(41),
    OIDC_OTHER_CLIENT_ID: 'other',
    OIDC_OTHER_CLIENT_SECRET: 'other',
  })
  expect(providers).toEqual([])
  expect(problems).toEqual([
    'OIDC_ACME_ISSUER must be an https address without query, as the provider spells it.',
    'OIDC_ACME_CLIENT_ID must be set to the client id that the provider issued.',
    'OIDC_ACME_CLIENT_SECRET must be the client secret that the provider issued, without spaces.',
    'OIDC_ACME_LABEL must be a text of at most 40 characters.',
    'OIDC_OTHER_ISSUER must be set to the address of the provider: https://login.example.org',
  ])
})

test('providers: reported with the other settings', () => {
  const { OIDC_ACME_CLIENT_ID: _missing, ...incomplete } = acme
  expect(readAccountSettings({ ...incomplete, SIGNUP: 'maybe' }).problems).toEqual([
    'SIGNUP must be open, invite or closed.',
    'OIDC_ACME_CLIENT_ID must be set to the client id that the provider issued.',
  ])
  expect(readAccountSettings({ ...incomplete, USERNAME_FROM: 'github' }).problems).toEqual([
    'OIDC_ACME_CLIENT_ID must be set to the client id that the provider issued.',
    'USERNAME_FROM needs a valid OIDC_GITHUB_CLIENT_ID and OIDC_GITHUB_CLIENT_SECRET.',
  ])
})

test.each([
  ['https://login.example.org', true],
  ['https://login.example.org/', true],
  ['http://127.0.0.1:9000', true],
  ['http://localhost:9000/realm', true],
  ['http://login.example.org', false],
  ['https://login.example.org/?realm=1', false],
  ['https://login.example.org/#realm', false],
  ['https://user:password@login.example.org', false],
  ['https://LOGIN.example.org', false],
  ['https://login.example.org/a/../b', false],
  ['ftp://127.0.0.1', false],
  ['login.example.org', false],
])('providers: the issuer may be %s: %s', (issuer, isAllowed) => {
  const { providers } = readProviders({ ...acme, OIDC_ACME_ISSUER: issuer })
  expect(providers.map((provider) => provider.issuer)).toEqual(isAllowed ? [issuer] : [])
})

test('providers: at most 10, each with its own issuer', () => {
  const many = Object.fromEntries(
    Array.from({ length: 11 }, (_, index) => index).flatMap((index) => [
      [`OIDC_P${index}_ISSUER`, `https://login.example.org/${index === 1 ? 0 : index}`],
      [`OIDC_P${index}_CLIENT_ID`, 'id'],
      [`OIDC_P${index}_CLIENT_SECRET`, 'secret'],
    ]),
  )
  expect(readProviders(many).problems).toEqual([
    'OIDC_P1_ISSUER must differ from the issuer of every other provider.',
    'OIDC_P9_ISSUER must be removed: at most 10 providers are allowed.',
  ])
})
