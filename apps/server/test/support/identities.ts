import type { ProviderSettings } from '@app/router'
import { createProviders, newId } from '@app/router/testing'
import type { TestApp } from '../../src/testing/test-app.ts'

/** GitHub's protocol needs no discovery, so a start asks no other server. */
export const exampleProvider: ProviderSettings = {
  name: 'github',
  label: 'GitHub',
  protocol: 'github',
  issuer: 'https://github.com',
  clientId: 'Iv1.0123456789abcdef',
  clientSecret: 'a-client-secret-of-tests',
}

/** Offers the provider on a server that began without it. Its two addresses are not served. */
export function offerProvider({ services }: TestApp): void {
  const { settings, log, publicUrl } = services
  if (services.providers.has(exampleProvider.name)) return
  settings.providers.push(exampleProvider)
  services.providers = createProviders(settings.providers, { log, publicUrl })
}

/**
 * Links an identity of the provider to an account.
 * @returns its id
 */
export async function giveIdentity(app: TestApp, userId: string, subject?: string): Promise<string> {
  offerProvider(app)
  const now = app.clock.now()
  const id = newId(now)
  const { name: provider, issuer } = exampleProvider
  const row = { id, user_id: userId, provider, issuer, subject: subject ?? id, name: 'octocat' }
  await app.services.db.write((tx) =>
    tx
      .insertInto('identities')
      .values({ ...row, created_at: now, last_used_at: null })
      .execute(),
  )
  return id
}

/** Returns the cookie of a browser in which an identity without an account was proved. */
export function pendingSignupCookie(app: TestApp, subject: string): string {
  offerProvider(app)
  const { name: provider, issuer } = exampleProvider
  const identity = { provider, issuer, subject, login: 'octocat', name: null, email: null, remembered: false }
  return cookieOf((cookies) => app.services.identitySignup.write(cookies, identity, app.clock.now()))
}

/** Returns the cookie of a browser in which an identity was proved whose account has a second factor. */
export function pendingLoginCookie(app: TestApp, { userId, id }: { userId: string; id: string }): string {
  const proof = { kind: 'identity', id } as const
  const login = { userId, methods: ['oidc' as const], remembered: false, proof }
  return cookieOf((cookies) => app.services.pendingLogin.write(cookies, login, app.clock.now()))
}

type Cookies = Parameters<TestApp['services']['pendingLogin']['write']>[0]

function cookieOf(write: (cookies: Cookies) => void): string {
  let cookie = ''
  write({
    all: () => [],
    isEmpty: () => true,
    set: (_name, line) => {
      cookie = line.split(';', 1).join()
    },
    outgoing: () => [],
  })
  return cookie
}
