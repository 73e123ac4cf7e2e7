/** An account of an attacker, with what it needs to call. */
export interface AttackingAccount {
  userId: string
  cookies: readonly string[]
  noteIds: readonly string[]
}

export interface AttackCall {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT'
  path: string
  body?: object
  /**
   * How much of the response the attacker reads. After the start it closes the connection; with `nothing` it
   * leaves it open and reads no more. Default: all.
   */
  reads?: 'start' | 'nothing'
}

const list = { limit: 100 }

/** The most expensive calls of an account. Those that hash passwords are in the storm benchmark. */
const attacks = {
  pages: () => [batch('notes.list', list), query('notes.list', list)],
  searches: () => [
    batch('notes.list', { ...list, search: 'needle' }),
    query('notes.list', { search: 'aaaab' }),
  ],
  directory: () => [batch('users.list', { ...list, search: 'user' }), batch('account.activity', list)],
  sessions: () => [batch('sessions.list'), batch('auth.session')],
  light: () => [query('account.me')],
  exports: () => [query('account.export')],
  account: () => [
    batchOf([...accountReads, ...accountReads]),
    batch('tokens.list'),
    batch('passkeys.list'),
    batch('identities.list'),
    batchOf(['recoveryCodes.status', 'auth.options', 'identities.pending', 'account.security']),
  ],
  get: ({ noteIds }) => [
    ...noteIds.slice(0, 6).map((id) => query('notes.get', { id })),
    batch('notes.get', { id: noteIds.at(-1) }),
  ],
  writes: ({ noteIds }) => [
    ...[...texts, ...texts].map((body) => mutation('notes.create', { title: 'long', body })),
    ...noteIds
      .slice(0, 4)
      .map((id, index) => mutation('notes.update', { id, revision: 1, body: texts[index % texts.length] })),
    mutation('account.updateProfile', { name: 'Attacker' }),
    mutation('account.updateProfile', { name: 'Other attacker' }),
    mutation('tokens.create', { name: 'token', scopes: ['account:read'], expiresInDays: 1 }),
    mutation('passkeys.options', {}),
    mutation('totp.enroll', {}),
  ],
  streams: () => [{ ...query('sessions.events'), reads: 'start' }],
  unread: () => [{ ...batch('notes.list', list), reads: 'nothing' }],
  admin: ({ userId }) => [
    batch('users.list', { ...list, search: 'user' }),
    batch('audit.list', list),
    batch('invitations.list', list),
    batch('users.tokens', { id: userId }),
  ],
  rest: ({ noteIds }) => [
    ...['notes', 'users', 'account/activity'].map((path) => get(`/api/v1/${path}?limit=100`)),
    ...['sessions', 'tokens', 'passkeys'].map((path) => get(`/api/v1/account/${path}`)),
    ...noteIds.slice(0, 3).map((id) => get(`/api/v1/notes/${id}`)),
    { method: 'POST', path: '/api/v1/notes', body: { title: 'long', body: texts[0] } },
    { method: 'PATCH', path: '/api/v1/account', body: { name: 'Attacker' } },
    { method: 'POST', path: '/api/v1/account/export', body: {} },
    { ...get('/api/v1/account/events'), reads: 'start' },
  ],
  tutorial: () => [
    get('/api/users?limit=100&search=user'),
    get('/api/user'),
    { method: 'PUT', path: '/api/user', body: { name: 'Attacker' } },
    { method: 'PUT', path: '/api/user', body: { name: 'Other attacker' } },
    get('/plain'),
  ],
} satisfies Record<string, (account: AttackingAccount) => AttackCall[]>

/** `mixed` makes the calls of all others. */
export type AttackKind = keyof typeof attacks | 'mixed'

// Sound: the keys of the object above.
const singleKinds = Object.keys(attacks) as (keyof typeof attacks)[]

export const attackKinds: readonly AttackKind[] = [...singleKinds, 'mixed']

/** Returns the calls of an account, which its connections repeat in this order. */
export function callsOf(kind: AttackKind, account: AttackingAccount): readonly AttackCall[] {
  return kind === 'mixed' ? singleKinds.flatMap((each) => callsOf(each, account)) : attacks[kind](account)
}

/** Checks whether the attackers must be admins. */
export function needsAdmins(kind: AttackKind): boolean {
  return kind === 'admin' || kind === 'mixed'
}

const accountReads = ['account.security', 'identities.list', 'notes.list', 'tokens.list', 'account.activity']

/** As long as a note may be: of three bytes, in two code points a letter, and of six bytes in JSON. */
const texts = ['語'.repeat(20_000), 'e\u0301'.repeat(10_000), '\u0001'.repeat(16_000)]

function get(path: string): AttackCall {
  return { method: 'GET', path }
}

function query(procedure: string, input: object = {}): AttackCall {
  return get(`/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`)
}

/** Ten calls of one procedure. */
function batch(procedure: string, input: object = {}): AttackCall {
  return batchOf(Array(10).fill(procedure), input)
}

function batchOf(procedures: readonly string[], input: object = {}): AttackCall {
  const inputs = Object.fromEntries(procedures.map((_, index) => [index, input]))
  return get(`/trpc/${procedures.join(',')}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`)
}

function mutation(procedure: string, body: object): AttackCall {
  return { method: 'POST', path: `/trpc/${procedure}`, body }
}
