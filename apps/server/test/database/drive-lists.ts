import type { StatementRecorder } from '@app/router/testing'
import type { TestApp } from '../../src/testing/test-app.ts'
import type { CookieActor } from '../support/actors.ts'
import { newInvitation } from '../support/new-invitation.ts'
import { readPages } from './read-pages.ts'

/** How names of many users of `fillTables` begin, and the user names of few. */
const searches = ['j', 'user-1'] as const

/** Reads the first and the second page of every list, with every filter, and all pages of a long search. */
export async function driveLists(
  app: TestApp,
  { api, id }: CookieActor,
  record: StatementRecorder,
): Promise<void> {
  for (let count = 0; count < 3; count += 1) await newInvitation(app)
  const { id: tokenId } = await api.tokens.create.mutate({ name: 'Bot', scopes: ['account:read'] })
  await api.tokens.revoke.mutate({ id: tokenId })
  // Few events are of this kind.
  const events = [{}, { event: 'invitation-created' as const }]
  await record.during(async () => {
    await readPages((page) => api.users.list.query(page))
    for (const search of searches) await readPages((page) => api.users.list.query({ ...page, search }))
    await readPages((page) => api.users.list.query({ ...page, search: searches[0] }), {
      limit: 100,
      pages: 99,
    })
    await readPages((page) => api.invitations.list.query(page))
    for (const user of [{}, { userId: id }])
      for (const token of [{}, { tokenId }])
        for (const event of events)
          await readPages((page) => api.audit.list.query({ ...page, ...user, ...token, ...event }))
    await readPages((page) => api.account.activity.query(page))
    await readPages((page) => api.account.activity.query({ ...page, tokenId }))
  })
}
