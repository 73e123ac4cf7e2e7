import type { Self, UserRow } from '@app/contract'

import { useApi } from '../api/api.ts'
import { type Message, failureText } from '../api/failure-text.ts'
import { buttonProblem } from '../api/form-problems.ts'
import { useConfirmed } from '../auth/confirm-identity.tsx'
import { useShowSignedOut } from '../auth/use-show-signed-out.ts'
import { type Deed, afterDeed, deedWords, givenRole, isRoleDeed } from './deeds.ts'
import { useUsersCache } from './use-users.ts'

type Outcome =
  /** `demoted`, `left`: the administrator is no longer one, or no longer logged in. */
  { state: 'done' | 'gone' | 'demoted' | 'left'; sentence: string } | { state: 'refused'; problem: Message }

/** What the other tabs of an administrator are told who did it to themself. */
const farewells: Partial<Record<Deed, 'account-closed' | 'ended'>> = {
  remove: 'account-closed',
  disable: 'ended',
}

/** Does something to an account, after the password where it is due, and says what came of it. */
export function useDeed(viewer: Self, user: UserRow): (deed: Deed) => Promise<Outcome> {
  const { client } = useApi()
  const confirmed = useConfirmed()
  const users = useUsersCache(viewer)
  const showSignedOut = useShowSignedOut()
  const { id, username } = user
  const isOwn = id === viewer.id

  function call(deed: Deed) {
    if (isRoleDeed(deed)) return confirmed(() => client.users.setRole.mutate({ id, role: givenRole(deed) }))
    switch (deed) {
      case 'enable':
        return confirmed(() => client.users.setDisabled.mutate({ id, disabled: false }))
      case 'disable':
        return confirmed(() => client.users.setDisabled.mutate({ id, disabled: true }))
      case 'end-sessions':
        return confirmed(() => client.users.revokeSessions.mutate({ id }))
      case 'remove':
        return confirmed(() => client.users.remove.mutate({ id }))
    }
  }

  return async (deed) => {
    const result = await call(deed)
    if (!result.ok) {
      const { failure } = result
      switch (failure.reason) {
        case 'NOT_FOUND':
          users.old()
          return {
            state: 'gone',
            sentence: `${username} is no longer here: the account was removed meanwhile.`,
          }
        case 'LAST_ADMIN':
        case 'REAUTH_REQUIRED':
          return { state: 'refused', problem: failureText(failure) }
        default:
          return { state: 'refused', problem: buttonProblem(failure, result.requestId) }
      }
    }
    const sentence = deedWords(deed, username, isOwn).done
    if (isOwn && isRoleDeed(deed)) {
      users.old()
      return { state: 'demoted', sentence }
    }
    if (isOwn) {
      showSignedOut(sentence, farewells[deed])
      return { state: 'left', sentence }
    }
    if (deed === 'remove') {
      users.old()
      return { state: 'gone', sentence }
    }
    users.changed(id, afterDeed(deed))
    return { state: 'done', sentence }
  }
}
