import { createClient } from '@app/client'
import type { Self } from '@app/contract'
import { selfFixture } from '@app/contract/testing'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { createApi } from '../api/api.ts'
import { createSession } from './session.ts'
import { viewerKey } from './viewer-key.ts'
import { viewerQuery } from './viewer.ts'

const ada = selfNamed('ada')
const ben = selfNamed('ben')

test('session: a late response to one user does not change the next user', () => {
  const { cache, session } = openTo(ada)
  session.applyServerSession(ben)
  cache.setQueryData(viewerKey, ben)

  expect(session.update({ ...ada, name: 'Ada of the Hill' })).toBe(false)
  expect(cache.getQueryData(viewerKey)).toEqual(ben)
})

test('session: an older response does not undo a new name', async () => {
  const { cache, session } = openTo(ada)
  const { promise, resolve } = Promise.withResolvers<Self>()
  const asked = cache.fetchQuery({ queryKey: viewerKey, queryFn: () => promise })
  const renamed = { ...ada, name: 'Ada of the Hill' }
  expect(session.update(renamed)).toBe(true)
  resolve(ada)
  await asked.catch(() => undefined)

  expect(cache.getQueryData(viewerKey)).toEqual(renamed)
})

test('session: a response from before the log-in does not lock the page', async () => {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const session = createSession({ cache, hideDocument: () => {}, goHome: () => {} })
  const { promise, resolve } = Promise.withResolvers<Response>()
  const api = createApi(createClient('http://localhost', { fetch: () => promise }))
  const asked = cache.fetchQuery(viewerQuery(api, session))
  session.signedIn(ada)
  resolve(Response.json([{ result: { data: null } }]))
  await asked.catch(() => undefined)
  await new Promise((done) => setTimeout(done))

  expect(session.read().lockScreen).toBeNull()
  expect(cache.getQueryData(viewerKey)).toEqual(ada)
})

test('session: a response from before a freeze does not unlock the page', async () => {
  const { cache, session } = openTo(ada)
  const { promise, resolve } = Promise.withResolvers<Response>()
  const api = createApi(createClient('http://localhost', { fetch: () => promise }))
  const asked = cache.fetchQuery(viewerQuery(api, session))
  session.lock()
  resolve(Response.json([{ result: { data: { user: ada, stateFingerprint: '1' } } }]))
  await asked.catch(() => undefined)
  await new Promise((done) => setTimeout(done))

  expect(session.read().lockScreen).toEqual({ reason: 'away', status: 'checking' })
})

test('session: a locked page names the log-out in another tab, also when the server answered first', () => {
  const { session } = openTo(ada)
  session.applyServerSession(null)
  expect(session.read().lockScreen).toEqual({ reason: 'ended', status: 'locked' })
  session.suspect('signed-in-elsewhere')
  expect(session.read().lockScreen).toEqual({ reason: 'ended', status: 'locked' })
  session.suspect('logged-out')
  expect(session.read().lockScreen).toEqual({ reason: 'logged-out', status: 'locked' })
})

test('session: repeats calls that failed while the session was being checked', async () => {
  const { cache, session } = openTo(ada)
  const queryFn = vi.fn<() => Promise<never>>(() => Promise.reject(new Error('refused')))
  const observer = new QueryObserver(cache, { queryKey: ['documents'], queryFn, retry: false })
  const stop = observer.subscribe(() => undefined)
  await expect.poll(() => observer.getCurrentResult().isError).toBe(true)

  session.suspect('ended')
  expect(session.read().lockScreen).toEqual({ reason: 'ended', status: 'checking' })
  session.applyServerSession(ada)
  expect(session.read().lockScreen).toBeNull()
  await expect.poll(() => queryFn.mock.calls.length).toBe(2)
  stop()
})

function openTo(viewer: Self) {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  cache.setQueryData(viewerKey, viewer)
  return { cache, session: createSession({ cache, hideDocument: () => {}, goHome: () => {} }) }
}

function selfNamed(username: string): Self {
  return selfFixture({ id: `id of ${username}`, username, name: username })
}
