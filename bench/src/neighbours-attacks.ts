/** The most expensive calls that an account may make. */
export const attackKinds = [
  'pages',
  'searches',
  'directory',
  'notes',
  'light',
  'exports',
  'account',
  'mixed',
] as const

export type AttackKind = (typeof attackKinds)[number]

/** Whether the attackers need notes. */
export function readsNotes(kind: AttackKind): boolean {
  return kind === 'exports' || pathsOf(kind).some((path) => path.includes('notes.'))
}

const accountReads = ['account.security', 'identities.list', 'notes.list', 'tokens.list', 'account.activity']

export function pathsOf(kind: AttackKind): string[] {
  switch (kind) {
    case 'pages':
      return [batch('notes.list', { limit: 100 }, 10), single('notes.list', { limit: 100 })]
    case 'searches':
      return [
        batch('notes.list', { limit: 100, search: 'needle' }, 10),
        single('notes.list', { search: 'aaaab' }),
      ]
    case 'directory':
      return [
        batch('users.list', { limit: 100, search: 's' }, 10),
        batch('account.activity', { limit: 100 }, 10),
      ]
    case 'notes':
      return [batch('sessions.list', {}, 10), batch('auth.session', {}, 10)]
    case 'light':
      return [single('account.me', {})]
    case 'exports':
      return [single('account.export', {})]
    case 'account':
      return [batchOf([...accountReads, ...accountReads]), batch('tokens.list', {}, 10)]
    case 'mixed':
      return ['pages', 'searches', 'directory', 'notes', 'light', 'account'].flatMap((each) =>
        pathsOf(each as AttackKind),
      )
  }
}

function single(procedure: string, input: object): string {
  return `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`
}

function batch(procedure: string, input: object, calls: number): string {
  return batchOf(
    Array.from({ length: calls }, () => procedure),
    input,
  )
}

function batchOf(procedures: readonly string[], input: object = {}): string {
  const inputs = Object.fromEntries(procedures.map((_, index) => [index, input]))
  return `/trpc/${procedures.join(',')}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`
}
