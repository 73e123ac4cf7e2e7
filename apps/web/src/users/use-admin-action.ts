import type { Self, UserRow } from '@app/contract'
import { useApi } from '../api/api.ts'
import { failureText } from '../api/failure-text.ts'
import type { Message } from '../api/failure-text.ts'
import { buttonProblem } from '../api/form-problems.ts'
import { useConfirmed } from '../auth/confirm-identity.tsx'
import { useShowSignedOut } from '../auth/use-show-signed-out.ts'
import { changeAfter, adminActionTexts, roleOfAction, isRoleAction } from './admin-actions.ts'
import type { AdminAction } from './admin-actions.ts'
import { useUsersCache } from './use-users.ts'

type Outcome =
  /** `demoted`, `signed-out`: the acting admin lost the role or the session. */
  | { status: 'done' | 'removed' | 'demoted' | 'signed-out'; message: string }
  | { status: 'rejected'; problem: Message }

/** The reason that the other tabs show after an admin acted on their own account. */
const endReasons: Partial<Record<AdminAction, 'account-closed' | 'ended'>> = {
  remove: 'account-closed',
  disable: 'ended',
}

function lastWayInText(username: string, isOwn: boolean): string {
  return isOwn
    ? 'Without this role you could not log in, because only admins may use a password. Add another way to log in first.'
    : `Without this role ${username} could not log in, because only admins may use a password. ${username} must add another way to log in first.`
}

/** Performs an admin action on a user, after a confirmation by password if required. */
export function useAdminAction(viewer: Self, user: UserRow): (action: AdminAction) => Promise<Outcome> {
  const { client } = useApi()
  const confirmed = useConfirmed()
  const users = useUsersCache(viewer)
  const showSignedOut = useShowSignedOut()
  const { id, username } = user
  const isOwn = id === viewer.id

  function call(action: AdminAction) {
    if (isRoleAction(action))
      return confirmed(() => client.users.setRole.mutate({ id, role: roleOfAction(action) }))
    switch (action) {
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

  return async (action) => {
    const result = await call(action)
    if (!result.ok) {
      const { failure } = result
      switch (failure.reason) {
        case 'NOT_FOUND':
          users.markOutdated()
          return {
            status: 'removed',
            message: `${username} no longer exists: the account was removed.`,
          }
        case 'LAST_WAY_IN':
          return { status: 'rejected', problem: lastWayInText(username, isOwn) }
        case 'LAST_ADMIN':
        case 'REAUTH_REQUIRED':
          return { status: 'rejected', problem: failureText(failure) }
        default:
          return { status: 'rejected', problem: buttonProblem(failure, result.requestId) }
      }
    }
    const message = adminActionTexts(action, username, isOwn).done
    if (isOwn && isRoleAction(action)) {
      users.markOutdated()
      return { status: 'demoted', message }
    }
    if (isOwn) {
      showSignedOut(message, endReasons[action])
      return { status: 'signed-out', message }
    }
    if (action === 'remove') {
      users.markOutdated()
      return { status: 'removed', message }
    }
    users.changed(id, changeAfter(action))
    return { status: 'done', message }
  }
}
