import { tokenLimits } from '@app/contract'
import type { Insertable } from 'kysely'
import type { Reader, Writer } from '../../db/database.ts'
import { deleteBatch } from '../../db/delete-batch.ts'
import { prepareQuery } from '../../db/prepared-query.ts'
import { userColumns } from '../../db/tables.ts'
import type { AccessTokenRow, AccessTokensTable } from './table.ts'

const readToken = prepareQuery((db, value: (name: 'hash') => string) =>
  db
    .selectFrom('access_tokens')
    .innerJoin('users', 'users.id', 'access_tokens.user_id')
    .where('access_tokens.hash', '=', value('hash'))
    .select(userColumns)
    .select(['access_tokens.id as token_id', 'scopes', 'level', 'expires_at', 'last_used_at']),
)

/**
 * Reads a token and its user in one indexed read, so that role, disabled state and revocation are current.
 */
export async function findTokenWithUser(db: Reader, hash: string) {
  const [row] = await readToken(db, { hash })
  if (row === undefined) return undefined
  const { token_id: id, scopes, level, expires_at, last_used_at, ...user } = row
  return { id, scopes, level, expires_at, last_used_at, user }
}

export type TokenWithUser = NonNullable<Awaited<ReturnType<typeof findTokenWithUser>>>

/** The columns that lists show. */
const shownColumns = ['id', 'name', 'scopes', 'hint', 'created_at', 'expires_at', 'last_used_at'] as const

export type ShownToken = Pick<AccessTokenRow, (typeof shownColumns)[number]>

/** Lists the tokens of a user, the one that expires last first, so that no live one is left out. */
export function listTokens(
  db: Reader,
  { userId, now }: { userId: string; now: number },
): Promise<ShownToken[]> {
  return db
    .selectFrom('access_tokens')
    .where('user_id', '=', userId)
    .where('expires_at', '>', now - tokenLimits.keptAfterExpiryMs)
    .select(shownColumns)
    .orderBy('expires_at', 'desc')
    .orderBy('id', 'desc')
    .limit(tokenLimits.listed)
    .execute()
}

/** Reads the name of a token, which may have expired; null after its deletion, or for another user. */
export async function readTokenName(
  db: Reader,
  { id, userId }: { id: string; userId?: string | undefined },
): Promise<string | null> {
  let tokens = db.selectFrom('access_tokens').where('id', '=', id)
  if (userId !== undefined) tokens = tokens.where('user_id', '=', userId)
  const token = await tokens.select('name').executeTakeFirst()
  return token?.name ?? null
}

/** Call it with the user locked, so that concurrent calls cannot exceed a limit together. */
export async function countLiveTokens(
  tx: Writer,
  { userId, now }: { userId: string; now: number },
): Promise<number> {
  const row = await tx
    .selectFrom('access_tokens')
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export async function insertToken(tx: Writer, row: Insertable<AccessTokensTable>): Promise<void> {
  await tx.insertInto('access_tokens').values(row).execute()
}

/**
 * Locks the user and the token, and checks both again: the token may have been revoked since the guard read
 * it. Begins every transaction of a token.
 */
export async function lockToken(
  tx: Writer,
  { id, userId, now }: { id: string; userId: string; now: number },
): Promise<boolean> {
  // The user first, as every call that ends tokens of a user does.
  const user = await tx
    .selectFrom('users')
    .where('id', '=', userId)
    .where('disabled_at', 'is', null)
    .select('id')
    .forUpdate()
    .executeTakeFirst()
  const token = await tx
    .selectFrom('access_tokens')
    .where('id', '=', id)
    .where('expires_at', '>', now)
    .select('id')
    .forUpdate()
    .executeTakeFirst()
  return user !== undefined && token !== undefined
}

/** @returns whether this call saved it: of several simultaneous calls, one does */
export async function saveTokenUse(
  tx: Writer,
  { id, now, usedBefore }: { id: string; now: number; usedBefore: number },
): Promise<boolean> {
  const result = await tx
    .updateTable('access_tokens')
    .set({ last_used_at: now })
    .where('id', '=', id)
    .where((where) => where.or([where('last_used_at', 'is', null), where('last_used_at', '<=', usedBefore)]))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * Deletes a token of the user. Matches the user too: an id alone must not give access to the token of
 * another user.
 */
export function deleteToken(
  tx: Writer,
  { id, userId }: { id: string; userId: string },
): Promise<Pick<AccessTokenRow, 'name'> | undefined> {
  return tx
    .deleteFrom('access_tokens')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returning('name')
    .executeTakeFirst()
}

/** @returns how many of them had not expired */
export async function deleteAllTokens(
  tx: Writer,
  { userId, now }: { userId: string; now: number },
): Promise<number> {
  const rows = await tx
    .deleteFrom('access_tokens')
    .where('user_id', '=', userId)
    .returning('expires_at')
    .execute()
  return rows.filter((row) => row.expires_at > now).length
}

/** Deletes a few tokens of any users that expired long ago: more than the one that is added. */
export async function sweepTokens(tx: Writer, now: number, limit: number): Promise<void> {
  await deleteBatch(tx, 'access_tokens', 'id', (rows) =>
    rows
      .where('expires_at', '<=', now - tokenLimits.keptAfterExpiryMs)
      .orderBy('expires_at')
      .limit(limit),
  )
}

/** Finds a token of any user, by its id or its hash, for an admin or operator who revokes it. */
export function findTokenToRevoke(
  tx: Reader,
  token: { id: string } | { hash: string },
): Promise<{ id: string; user_id: string; username: string } | undefined> {
  const tokens = tx
    .selectFrom('access_tokens')
    .innerJoin('users', 'users.id', 'user_id')
    .select(['access_tokens.id', 'user_id', 'username'])
  const wanted =
    'id' in token ? tokens.where('access_tokens.id', '=', token.id) : tokens.where('hash', '=', token.hash)
  return wanted.executeTakeFirst()
}
