import type { ExpressionBuilder } from 'kysely'
import type { Reader, Writer } from '../../../db/database.ts'
import type { Tables } from '../../../db/tables.ts'

/** Counts the secrets whose text begins with one of the prefixes. Reads an index. */
export async function countWithPrefix(db: Reader, prefixes: readonly string[]): Promise<number> {
  if (prefixes.length === 0) return 0
  const { secrets } = await db
    .selectFrom('totp_secrets')
    .where((where) => where.or(prefixes.map((prefix) => beginsWith(where, prefix))))
    .select(({ fn }) => fn.countAll<number>().as('secrets'))
    .executeTakeFirstOrThrow()
  return Number(secrets)
}

/** Counts the secrets whose text begins with none of the prefixes. Reads an index. */
export async function countWithoutPrefix(db: Reader, prefixes: readonly string[]): Promise<number> {
  const { secrets } = await db
    .selectFrom('totp_secrets')
    .where((where) => beginsWithNone(where, prefixes))
    .select(({ fn }) => fn.countAll<number>().as('secrets'))
    .executeTakeFirstOrThrow()
  return Number(secrets)
}

/** Lists secrets whose text does not begin with the prefix, in the order of their factors. */
export function listWithoutPrefix(
  db: Reader,
  { prefix, after, limit }: { prefix: string; after: string; limit: number },
) {
  return db
    .selectFrom('totp_secrets')
    .innerJoin('factors', 'factors.id', 'totp_secrets.factor_id')
    .where('factor_id', '>', after)
    .where((where) => beginsWithNone(where, [prefix]))
    .select(['factor_id', 'sealed', 'user_id'])
    .orderBy('factor_id')
    .limit(limit)
    .execute()
}

/** Replaces the sealed text, unless it changed since it was read. @returns whether it did not */
export async function replaceSealed(
  tx: Writer,
  { factorId, from, to }: { factorId: string; from: string; to: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('totp_secrets')
    .set({ sealed: to })
    .where('factor_id', '=', factorId)
    .where('sealed', '=', from)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

type Where = ExpressionBuilder<Pick<Tables, 'totp_secrets'>, 'totp_secrets'>

/** The texts from the prefix to the prefix with its last character, a dot, replaced by the next one. */
function beginsWith(where: Where, prefix: string) {
  return where.and([where('sealed', '>=', prefix), where('sealed', '<', endOf(prefix))])
}

/** The gaps between the sorted ranges of the prefixes. */
function beginsWithNone(where: Where, prefixes: readonly string[]) {
  const sorted = prefixes.toSorted()
  const gaps = [...sorted, undefined].map((next, index) => {
    const previous = sorted[index - 1]
    return where.and([
      ...(previous === undefined ? [] : [where('sealed', '>=', endOf(previous))]),
      ...(next === undefined ? [] : [where('sealed', '<', next)]),
    ])
  })
  return where.or(gaps)
}

function endOf(prefix: string): string {
  return `${prefix.slice(0, -1)}/`
}
