import { notePreview, pageLimits, tokenLimits, userLimits } from '@app/contract'
import type { Services } from '@app/router'

type Db = Services['db']
type Tx = Parameters<Parameters<Db['write']>[0]>[0]

interface FillOptions {
  notes: number
  isAdmin: boolean
}

/** What the attackers need to know about a filled account. */
export interface FilledAccount {
  userId: string
  noteIds: string[]
}

const dayMs = 86_400_000
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** Fills an account to its limits: sessions, tokens, passkeys, identities, and a page of events. */
export function fillAccount(
  db: Db,
  username: string,
  { notes, isAdmin }: FillOptions,
): Promise<FilledAccount> {
  return db.write(async (tx) => {
    const { id: userId } = await tx
      .selectFrom('users')
      .where('username', '=', username)
      .select('id')
      .executeTakeFirstOrThrow()
    if (isAdmin) await tx.updateTable('users').set({ role: 'admin' }).where('id', '=', userId).execute()
    await addPasskeys(tx, userId)
    await addSessions(tx, userId)
    await addTokens(tx, userId)
    await addIdentities(tx, userId)
    await addEvents(tx, userId)
    return { userId, noteIds: await addNotes(tx, userId, notes) }
  })
}

/** Adds users, whom the directory lists, and open invitations. */
export async function addOthers(db: Db, users: number): Promise<void> {
  const rows = numbers(users).map((index) => ({
    id: rowId('01900000-0000-7000-8000-', index),
    username: `user-${String(index).padStart(5, '0')}`,
    name: `User ${index}`,
    name_key: `user ${index}`,
    role: 'user' as const,
    disabled_at: null,
    created_at: 1,
  }))
  const invitations = numbers(pageLimits.max).map((index) => ({
    id: rowId('01900000-0000-7000-8000-', index),
    address: `invited-${index}@example.org`,
    address_key: `invited-${index}@example.org`,
    address_proved: 0,
    role: 'user' as const,
    created_at: Date.now(),
    created_by: null,
    expires_at: Date.now() + dayMs,
    accepted_at: null,
    accepted_by: null,
    revoked_at: null,
  }))
  await db.write(async (tx) => {
    for (let start = 0; start < rows.length; start += 500) {
      await tx
        .insertInto('users')
        .values(rows.slice(start, start + 500))
        .execute()
    }
    await tx.insertInto('invitations').values(invitations).execute()
  })
}

/** Adds all but one. One of them carries the sessions, because sudo needs the highest level of the user. */
async function addPasskeys(tx: Tx, userId: string): Promise<void> {
  const ids = numbers(userLimits.passkeys - 1).map((index) => rowId(userId, index))
  const factor = { user_id: userId, kind: 'passkey' as const, created_at: 1, last_used_at: 1 }
  await tx
    .insertInto('factors')
    .values(ids.map((id) => ({ id, name: `Passkey ${id}`, ...factor })))
    .execute()
  const passkey = {
    public_key: 'x'.repeat(100),
    counter: 0,
    transports: '["internal"]',
    aaguid: '00000000-0000-0000-0000-000000000000',
    device_type: 'multiDevice' as const,
    backed_up: 1 as const,
  }
  await tx
    .insertInto('passkeys')
    .values(ids.map((id) => ({ factor_id: id, credential_id: `credential ${id}`, ...passkey })))
    .execute()
  await tx
    .updateTable('sessions')
    .set({ factor_id: ids.at(-1) })
    .where('user_id', '=', userId)
    .execute()
}

async function addSessions(tx: Tx, userId: string): Promise<void> {
  const rows = numbers(userLimits.sessions - 10).map((index) => ({
    id: rowId(userId, index),
    user_id: userId,
    token_hash: `session ${rowId(userId, index)}`,
    created_at: Date.now() - dayMs,
    last_seen_at: Date.now(),
    idle_until: Date.now() + dayMs,
    ends_at: Date.now() + dayMs,
    remembered: 0 as const,
    authenticated_at: Date.now() - dayMs,
    amr: 'pwd',
    ip: '192.0.2.1',
    user_agent: userAgent,
  }))
  await tx.insertInto('sessions').values(rows).execute()
}

async function addTokens(tx: Tx, userId: string): Promise<void> {
  const rows = numbers(tokenLimits.listed).map((index) => ({
    id: rowId(userId, index),
    user_id: userId,
    hash: `token ${rowId(userId, index)}`,
    hint: 'abcd',
    name: `Token number ${index}`,
    scopes: 'account:write notes:write users:read',
    level: 1 as const,
    created_at: Date.now() - dayMs,
    // Expired ones are listed too. The attackers create ten more.
    expires_at: Date.now() + (index < tokenLimits.perAccount - 10 ? dayMs : -dayMs),
    last_used_at: null,
  }))
  await tx.insertInto('access_tokens').values(rows).execute()
}

async function addIdentities(tx: Tx, userId: string): Promise<void> {
  const rows = numbers(userLimits.identities).map((index) => ({
    id: rowId(userId, index),
    user_id: userId,
    provider: 'company',
    issuer: 'https://login.example.org',
    subject: rowId(userId, index),
    name: `attacker-${index}@example.org`,
    created_at: 1,
    last_used_at: 1,
  }))
  await tx.insertInto('identities').values(rows).execute()
}

async function addEvents(tx: Tx, userId: string): Promise<void> {
  const rows = numbers(pageLimits.max + 1).map((index) => ({
    id: rowId(userId, index),
    at: Date.now(),
    event: 'sessions-revoked',
    actor_kind: 'user' as const,
    actor_id: userId,
    subject: userId,
    ip: '192.0.2.1',
    user_agent: userAgent,
    request_id: null,
    detail: '{"endedSessions":1}',
    token_id: null,
  }))
  await tx.insertInto('audit_events').values(rows).execute()
}

/** Characters of one byte, of four bytes, and of six bytes in JSON. */
const letters = ['a', '\u{1F5DD}', '\u0001']

/** @returns the ids */
async function addNotes(tx: Tx, userId: string, count: number): Promise<string[]> {
  const ids = numbers(count).map((index) => rowId(userId, index))
  for (const [index, id] of ids.entries()) {
    const text = { title: 'long', body: (letters[index % letters.length] ?? '').repeat(20_000) }
    const note = {
      ...text,
      preview: notePreview(text),
      bytes: Buffer.byteLength(`${text.title}${text.body}`),
      search_key: `${text.title}\n${text.body}`,
      revision: 1,
      created_at: 1,
      updated_at: 1,
    }
    await tx
      .insertInto('notes')
      .values({ id, user_id: userId, ...note })
      .execute()
  }
  return ids
}

/** Returns an id that begins like another one. */
function rowId(prefix: string, index: number): string {
  return `${prefix.slice(0, 24)}${String(index).padStart(12, '0')}`
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}
