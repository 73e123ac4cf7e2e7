import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp, TestAppOptions } from '../../src/testing/test-app.ts'
import { homeOf } from './browser.ts'
import { realProvider } from './real-provider.ts'
import type { RealProvider } from './real-provider.ts'

/** An installation and a real provider that knows it. */
interface Registered extends AsyncDisposable {
  app: TestApp
  provider: RealProvider
}

/** Starts a provider and an installation that is registered with it as `acme`. */
export async function registered({ settings, ...options }: TestAppOptions = {}): Promise<Registered> {
  const provider = await realProvider()
  const providers = [provider.settings, ...(settings?.providers ?? [])]
  const app = await testApp({ ...options, settings: { ...settings, providers } })
  provider.register(`${homeOf(app)}/auth/acme/callback`)
  return {
    app,
    provider,
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]()
      await provider[Symbol.asyncDispose]()
    },
  }
}
