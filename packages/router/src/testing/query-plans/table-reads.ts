/** One access to a table in a query plan. */
export interface TableRead {
  table: string
  /** Undefined when the table itself is read. */
  index?: string | undefined
  /** The columns that are compared for equality by the index. */
  equal: readonly string[]
  /** Whether it ends when a LIMIT is reached: no sort, aggregate or filter stands between. */
  isLimited: boolean
  /** The line of the plan, for messages. */
  line: string
}

/** Tables that have as many rows in a large database as in a small one. */
const fixedTables: ReadonlySet<string> = new Set(['schema_migrations', 'retired_username_key'])

/** Columns of which all rows with one value may be as many as the table grows by. */
const fewValues: ReadonlySet<string> = new Set([
  'actor_kind',
  'composed',
  'event',
  'issuer',
  'kind',
  'provider',
  'purpose',
  'role',
  // A program may act by one token for months.
  'token_id',
])

/** Reads that may be longer, and why. */
const exceptions: readonly ({ why: string } & ({ index: string } | { statement: string }))[] = [
  { index: 'users_administrators', why: 'It has the admins only.' },
  { index: 'outbox_mails_next_at', why: 'It has the mails that wait only, and most of them can be claimed.' },
  {
    index: 'outbox_mails_kept',
    why: 'It has what the page for developers shows. In production it is empty.',
  },
  {
    statement: 'select "id" from "outbox_mails" where "id" >= ',
    why: 'In the hour that it reads, what is not composed are the requests that wait.',
  },
  {
    statement: 'from "outbox_mails" where "id" < ',
    why: 'Hardly any mail is of use for longer than mails are kept.',
  },
  {
    statement: 'delete from "login_throttles" where ("bucket" = ',
    why: 'The range has the keys of one account.',
  },
  {
    statement: 'select count(*) as "secrets" from "totp_secrets" where ("sealed" ',
    why: 'A start counts what older AUTH_SECRETS sealed: nothing, once it is sealed again.',
  },
  {
    statement: 'select "factor_id", "sealed", "user_id" from "totp_secrets" inner join "factors"',
    why: 'A command of the operator reads all of them, in pages.',
  },
]

/** Checks that an index finds the rows of one key. */
export function hasKey(equal: readonly string[]): boolean {
  return equal.some((column) => !fewValues.has(column))
}

/**
 * Checks that a read costs the same in a table of any size: it finds the rows of one key by an index, or the
 * first ones in the order of an index.
 */
export function isBounded({ table, index, equal, isLimited }: TableRead, statement: string): boolean {
  const isException = exceptions.some((each) =>
    'index' in each ? each.index === index : statement.includes(each.statement),
  )
  return isLimited || hasKey(equal) || fixedTables.has(table) || isException
}
