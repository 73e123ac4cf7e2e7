import { createContext } from '../../context.ts'
import type { RequestFacts, Services } from '../../context.ts'
import { wakeChanged } from '../../wake-changed.ts'
import { countAttempt, ownPath, startAttempt, withError } from '../identities/index.ts'
import type { Provider } from '../identities/index.ts'
import { finishAttempt } from './identity-callback.ts'
import type { CallbackContext } from './proved-attempt.ts'

/** Where a browser goes next, and the cookies that it gets. */
export interface ProviderRedirect {
  location: string
  cookies: string[]
}

interface ProviderRequest {
  /** From the path; unknown names have no provider. */
  provider: string
  /** With its `?`. */
  search: string
  facts: RequestFacts
}

/**
 * Sends a browser to a provider, or back to a page of ours with the reason. It waits for the provider at most
 * 5 seconds, and only for the first request after a start of the server.
 * @returns null when there is no such provider
 */
export function startAtProvider(
  services: Services,
  request: ProviderRequest,
): Promise<ProviderRedirect | null> {
  return answer(services, request, async (ctx, provider, search) => {
    const query = new URLSearchParams(search)
    const redirectTo = ownPath(query.get('redirectTo'))
    const elevates = query.get('purpose') === 'elevate'
    const page = elevates ? redirectTo : '/login'
    // Before the session is read: no other limit counts this page.
    if ((await countAttempt(ctx)) > 0) return withError(page, 'busy')
    const session = elevates ? await ctx.auth.session() : null
    if (elevates && session === null) return withError('/login', 'session-ended')
    const purpose =
      session === null
        ? ({ kind: 'log-in', remembered: query.get('remember') === '1' } as const)
        : ({ kind: 'elevate', sessionId: session.id } as const)
    const started = await startAttempt(ctx, provider, { purpose, redirectTo })
    return started.reason === null ? started.url : withError(page, started.reason)
  })
}

/** Ends an attempt; see `finishAttempt`. @returns null when there is no such provider */
export function returnFromProvider(
  services: Services,
  request: ProviderRequest,
): Promise<ProviderRedirect | null> {
  return answer(services, request, finishAttempt)
}

async function answer(
  services: Services,
  { provider: name, search, facts }: ProviderRequest,
  work: (ctx: CallbackContext, provider: Provider, search: string) => Promise<string>,
): Promise<ProviderRedirect | null> {
  const provider = services.providers.get(name)
  if (provider === undefined) return null
  const ctx = { ...createContext(services, facts), db: services.db }
  try {
    // Waits for a provider do not count as waits for the database.
    const location = await ctx.withinBudget(() => work(ctx, provider, search))
    return { location, cookies: ctx.cookies.outgoing() }
  } finally {
    wakeChanged(ctx)
  }
}
