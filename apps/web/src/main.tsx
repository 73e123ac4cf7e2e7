import './api/zod-jitless.ts'
import './first-paint.ts'
import { createClient } from '@app/client'
import { QueryClient, QueryClientProvider, notifyManager } from '@tanstack/react-query'
import { StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { navigate } from 'wouter/use-browser-location'
import { ApiProvider, createApi } from './api/api.ts'
import { CallFailed } from './api/call-failed.ts'
import { refetchOnFocus } from './api/refetch-on-focus.ts'
import { fetchWithin } from './api/time-limit.ts'
import { App, preloadOpenedPage } from './app.tsx'
import { closeTooltipsOnEscape } from './components/close-tooltips.ts'
import { hideDocument } from './session/hide-document.ts'
import { SessionProvider } from './session/session-context.ts'
import { createSession } from './session/session.ts'
import { TabsProvider } from './session/tabs-context.ts'
import { createTabs } from './session/tabs.ts'
import { viewerQuery } from './session/viewer.ts'
import { guardAgainstTranslation } from './shell/translation-guard.ts'

// The next visit of the page calls the server again.
const responseTimeoutMs = 30_000

const api = createApi(createClient(window.location.origin, { fetch: fetchWithin(responseTimeoutMs) }))
const tabs = createTabs()
const cache = new QueryClient({
  defaultOptions: {
    queries: {
      // A failure is shown with a button; silent retries would only make the user wait.
      retry: false,
      // Offline calls fail visibly instead of waiting silently.
      networkMode: 'always',
      refetchOnReconnect: true,
      staleTime: 5_000,
      throwOnError: (error, { state }) => isDefect(error, state.data),
    },
  },
})

/** Returns whether the crash page shows an error, because no page can handle it. */
function isDefect(error: Error, shown: unknown): boolean {
  if (!(error instanceof CallFailed)) return true
  return error.failure.reason === 'INTERNAL' && shown === undefined
}

// Notifies before the next frame, so that no frame shows data that was removed from the cache.
notifyManager.setScheduler(queueMicrotask)

refetchOnFocus()
closeTooltipsOnEscape()
guardAgainstTranslation()

const session = createSession({
  cache,
  hideDocument,
  goHome: () => navigate('/', { replace: true }),
})

function render(): void {
  const root = document.getElementById('root')
  if (root === null) throw new TypeError('index.html has no #root')
  const app = (
    <StrictMode>
      <QueryClientProvider client={cache}>
        <ApiProvider value={api}>
          <TabsProvider value={tabs}>
            <SessionProvider value={session}>
              <App />
            </SessionProvider>
          </TabsProvider>
        </ApiProvider>
      </QueryClientProvider>
    </StrictMode>
  )
  // In a transition React renders in steps of 5 ms, between which the browser handles input.
  startTransition(() => createRoot(root).render(app))
}

/** How long the header of index.html stays alone when the server is slow. */
const longestWaitMs = 300

// One render shows the page, when its code and its viewer are known; after a while it shows a placeholder.
const opened = preloadOpenedPage()
const known = Promise.all([opened, cache.prefetchQuery(viewerQuery(api, session))])
const late = new Promise((resolve) => setTimeout(resolve, longestWaitMs))
void (window.earlyForm === undefined ? Promise.race([known, late]) : opened).then(render)
