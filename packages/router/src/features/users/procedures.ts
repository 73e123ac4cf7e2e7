import {
  Done,
  ListUsersInput,
  roles,
  searchKey,
  SetDisabledInput,
  SetRoleInput,
  UserIdInput,
  UserPage,
} from '@app/contract'
import type { UserRow } from '@app/contract'
import type { Reader } from '../../db/database.ts'
import { encodeCursor, pageRequest } from '../../pagination.ts'
import { withAuditAllowance } from '../../rate-limits/audit-allowance.ts'
import { scopedProcedure } from '../../scoped-procedure.ts'
import { sudoScopedAdminProcedure } from '../../scoped-role-procedure.ts'
import { heavyRead, mayFail, router, sudoAdminProcedure } from '../../trpc.ts'
import { findLastLogins, recordEvent } from '../audit/index.ts'
import { deleteDevices } from '../devices/index.ts'
import { endAddressLink, findEmails, findVerifiedEmail } from '../emails/index.ts'
import { resetFactors } from '../factor-resets/index.ts'
import { notify } from '../mail/index.ts'
import { revokeIssuedSecrets, revokeSecrets } from '../one-time-secrets/index.ts'
import { deleteAllSessions } from '../sessions/index.ts'
import { countOf, deleteAllTokens } from '../tokens/index.ts'
import { hasWayIn } from '../ways-in/index.ts'
import { DirectoryPosition, searchDirectory, searchSelf } from './directory.ts'
import { lockUser } from './lock.ts'
import { removeAccount } from './remove-account.ts'
import { findUserToChange, saveDisabled, saveRole } from './store.ts'
import type { FoundUser } from './table.ts'
import { revokeToken, tokens } from './token-procedures.ts'
import { directoryFields, publicFields } from './visible-fields.ts'

const list = scopedProcedure('users:read')
  .meta({
    description:
      'Lists users by user name. A search finds user names first, then names. Admins see more of each user.',
  })
  .concat(heavyRead)
  .input(ListUsersInput)
  .output(UserPage)
  .query(async ({ ctx, input }) => {
    const { after, limit } = pageRequest(ctx, DirectoryPosition, input)
    const wanted = { search: searchKey(input.search ?? '').trim(), after, limit }
    const isAdmin = await ctx.mayActAsAdmin()
    const { users, next } =
      isAdmin || ctx.settings.directory === 'everyone'
        ? await searchDirectory(ctx.db.read, wanted)
        : searchSelf(ctx.user, searchKey(ctx.user.name), wanted)

    const open = users.filter((user) => isAdmin || user.id === ctx.user.id)
    const details = await readDetails(ctx.db.read, open)
    const items = users.map((user): UserRow => details.get(user.id) ?? publicFields(user))
    return { items, nextCursor: next === undefined ? null : encodeCursor(next) }
  })

/**
 * Returns the rows of these users with the fields that not all users may see. Two reads for the whole page.
 */
async function readDetails(db: Reader, users: readonly FoundUser[]): Promise<Map<string, UserRow>> {
  if (users.length === 0) return new Map()
  const ids = users.map((user) => user.id)
  const [emails, lastLogins] = await Promise.all([findEmails(db, ids), findLastLogins(db, ids)])
  return new Map(
    users.map((user) => {
      const details = { email: emails.get(user.id), lastLogin: lastLogins.get(user.id) }
      return [user.id, directoryFields(user, details)]
    }),
  )
}

/** Of a sign-up. */
const [lowestRole] = roles

/**
 * Roles are read with every call, so the new one applies from the user's next call on. Only a higher role
 * counts for the admin's allowance: taking one from an attacker must always work.
 */
const setRole = sudoAdminProcedure
  .meta({ description: 'Changes the role of a user.' })
  .concat(mayFail('NOT_FOUND', 'LAST_ADMIN', 'LAST_WAY_IN'))
  .input(SetRoleInput)
  .use(({ ctx, meta, path, input, next }) =>
    input.role === lowestRole ? next() : withAuditAllowance(ctx, { path, meta }, () => next()),
  )
  .output(Done)
  .mutation(({ ctx, input }) =>
    ctx.transaction(
      async (tx) => {
        const user = await lockUser(tx, input.id)
        if (user === undefined) throw ctx.fail('NOT_FOUND')
        if (user.role === input.role) return {}
        if (user.isLastAdmin) throw ctx.fail('LAST_ADMIN')
        const hadWayIn = await hasWayIn(tx, ctx, user.id)
        await saveRole(tx, user.id, input.role)
        // Without the role, the settings may allow no log-in by password.
        if (hadWayIn && !(await hasWayIn(tx, ctx, user.id))) throw ctx.fail('LAST_WAY_IN')
        if (user.role === 'admin') await revokeIssuedSecrets(tx, user.id)
        const detail = { from: user.role, to: input.role }
        await recordEvent(tx, ctx, { event: 'role-changed', subject: user.id, detail })
        await notify(tx, ctx, user, 'role-changed', detail)
        return {}
      },
      { usesReserve: input.role === lowestRole },
    ),
  )

/**
 * Ends all sessions when it disables a user. A log-in of a disabled user fails like one with a wrong
 * password. Only enabling counts for the admin's allowance: disabling an attacker must always work.
 */
const setDisabled = sudoScopedAdminProcedure('users:write')
  .meta({ description: 'Disables a user and ends their sessions, or enables the user again.' })
  .concat(mayFail('NOT_FOUND', 'LAST_ADMIN'))
  .input(SetDisabledInput)
  .use(({ ctx, meta, path, input, next }) =>
    input.disabled ? next() : withAuditAllowance(ctx, { path, meta }, () => next()),
  )
  .output(Done)
  .mutation(async ({ ctx, input }) => {
    await ctx.transaction(
      async (tx) => {
        const user = await lockUser(tx, input.id)
        if (user === undefined) throw ctx.fail('NOT_FOUND')
        if ((user.disabled_at !== null) === input.disabled) return
        if (user.isLastAdmin) throw ctx.fail('LAST_ADMIN')
        // A leaked token must not make a former admin an admin again.
        if (!input.disabled && user.role !== lowestRole && ctx.token !== null) {
          throw ctx.fail('TOKEN_NOT_ALLOWED', { why: 'session-only' })
        }
        const now = ctx.clock()
        await saveDisabled(tx, user.id, input.disabled ? now : null)
        const event = { subject: user.id } as const
        if (!input.disabled) return recordEvent(tx, ctx, { ...event, event: 'enabled' })
        const endedSessions = await deleteAllSessions(tx, { userId: user.id, now })
        await revokeSecrets(tx, [user.id])
        await endAddressLink(tx, ctx, user.id)
        await revokeIssuedSecrets(tx, user.id)
        const revokedTokens = await deleteAllTokens(tx, { userId: user.id, now })
        const detail = { endedSessions, ...countOf({ revokedTokens }) }
        await recordEvent(tx, ctx, { ...event, event: 'disabled', detail })
        await notify(tx, ctx, user, 'account-disabled', {})
      },
      { usesReserve: true },
    )
    return {}
  })

/** A user without sessions and known devices gets no event and no mail: nothing changes. */
const revokeSessions = sudoScopedAdminProcedure('users:write')
  .meta({ description: 'Ends every session of a user.' })
  .concat(mayFail('NOT_FOUND'))
  .input(UserIdInput)
  .output(Done)
  .mutation(async ({ ctx, input }) => {
    await ctx.transaction(
      async (tx) => {
        const user = await findUserToChange(tx, input.id)
        if (user === undefined) throw ctx.fail('NOT_FOUND')
        const endedSessions = await deleteAllSessions(tx, { userId: user.id, now: ctx.clock() })
        const hasForgotten = await deleteDevices(tx, user.id)
        if (endedSessions === 0 && !hasForgotten) return
        const detail = { endedSessions }
        await recordEvent(tx, ctx, { event: 'sessions-revoked', subject: user.id, detail })
        await notify(tx, ctx, user, 'sessions-ended', {})
      },
      { usesReserve: true },
    )
    return {}
  })

/** Does what `account.close` does, for another user. */
const remove = sudoAdminProcedure
  .meta({ description: 'Deletes a user and everything that belongs to them.' })
  .concat(mayFail('NOT_FOUND', 'LAST_ADMIN'))
  .input(UserIdInput)
  .output(Done)
  .mutation(async ({ ctx, input }) => {
    await ctx.transaction(
      async (tx) => {
        const user = await lockUser(tx, input.id)
        if (user === undefined) throw ctx.fail('NOT_FOUND')
        if (user.isLastAdmin) throw ctx.fail('LAST_ADMIN')
        await recordEvent(tx, ctx, { event: 'removed', subject: user.id })
        const address = (await findVerifiedEmail(tx, user.id))?.address
        if (address !== undefined) await notify(tx, ctx, user, 'account-closed', { by: 'admin' }, address)
        await removeAccount(tx, user)
      },
      { usesReserve: true },
    )
    return {}
  })

export const usersRouter = router({
  list,
  tokens,
  revokeToken,
  setRole,
  setDisabled,
  revokeSessions,
  resetFactors,
  remove,
})
