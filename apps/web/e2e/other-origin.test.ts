import { fileURLToPath } from 'node:url'
import { signupInput } from '@app/contract/testing'
import { createServer } from 'vite'
import { startServer } from './setup/start-server.ts'
import { expect, test } from './setup/test.ts'

/** The hosts of page and server. The first pair differs in the port only, the others in the site. */
const pairs = [
  ['localhost', 'localhost'],
  ['localhost', '127.0.0.1'],
  ['127.0.0.1', 'localhost'],
] as const

test('other origin: the typed client signs up, calls, receives events and logs out', async ({ page }) => {
  const pages = await createServer({
    root: fileURLToPath(new URL('other-origin/', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    cacheDir: fileURLToPath(new URL('../node_modules/.vite-other-origin', import.meta.url)),
    server: { port: 0, host: '0.0.0.0', hmr: false, watch: null },
  })
  try {
    await pages.listen()
    const port = new URL(pages.resolvedUrls?.local[0] ?? '').port
    const origins = ['localhost', '127.0.0.1'].map((host) => `http://${host}:${port}`)
    await using server = await startServer({ ALLOWED_ORIGINS: origins.join(','), COOKIE_SAMESITE: 'none' })
    for (const [index, [pageHost, serverHost]] of pairs.entries()) {
      const url = new URL(server.url)
      url.hostname = serverHost
      await page.goto(`http://${pageHost}:${port}/?server=${url.origin}`)
      await page.waitForFunction(() => 'client' in window)
      const result = await page.evaluate(
        async ({ input }) => {
          const { client } = window
          await client.auth.signup.mutate(input)
          const me = await client.account.me.query()
          // A stream sends the cookie too.
          const { promise: started, resolve } = Promise.withResolvers<string>()
          const stream = client.sessions.events.subscribe(undefined, {
            onStarted: () => resolve('started'),
            onError: (error) => resolve(error.message),
          })
          const events = await started
          stream.unsubscribe()
          await client.auth.logout.mutate()
          return { username: me.username, events, after: await client.auth.session.query() }
        },
        { input: signupInput({ username: `user-${index}` }) },
      )
      expect(result, `${pageHost} to ${serverHost}`).toEqual({
        username: `user-${index}`,
        events: 'started',
        after: null,
      })
    }
  } finally {
    await pages.close()
  }
})
