import { startProvider } from './start-provider.ts'
import { startServer } from './start-server.ts'

/** Starts a provider and a server that is registered with it. They stop after the pages of the test. */
export async function startWithProvider(
  afterPages: AsyncDisposableStack,
  settings: Record<string, string> = {},
) {
  const provider = afterPages.use(await startProvider())
  const server = afterPages.use(await startServer({ ...provider.settings, ...settings }))
  provider.register(server.url)
  return server
}
