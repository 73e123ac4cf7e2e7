import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(
  new URL('../../../server/test/identities/serve-real-provider.ts', import.meta.url),
)

/** Starts a certified OpenID Connect provider in another process. Its user "ada" consents to everything. */
export interface TestProvider extends AsyncDisposable {
  /** The settings of a server that is registered with it. */
  readonly settings: Record<string, string>
  /** Registers a server. */
  register(url: string): void
}

export async function startProvider(): Promise<TestProvider> {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] })
  // Sound: with an encoding, the stream emits texts.
  const [issuer] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
  return {
    settings: {
      OIDC_ACME_ISSUER: issuer.trim(),
      OIDC_ACME_CLIENT_ID: 'accounts',
      OIDC_ACME_CLIENT_SECRET: 'a-client-secret-of-tests',
      OIDC_ACME_LABEL: 'Acme',
    },
    register: (url) => void child.stdin.write(`${url}/auth/acme/callback\n`),
    [Symbol.asyncDispose]: async () => {
      child.stdin.end()
      await once(child, 'close')
    },
  }
}
