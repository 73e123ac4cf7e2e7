/** The most expensive calls that an account may make. */
export const attackKinds = ['pages', 'searches', 'directory', 'notes', 'light', 'mixed'] as const

export type AttackKind = (typeof attackKinds)[number]

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
    case 'mixed':
      return ['pages', 'searches', 'directory', 'notes', 'light'].flatMap((each) =>
        pathsOf(each as AttackKind),
      )
  }
}

function single(procedure: string, input: object): string {
  return `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`
}

function batch(procedure: string, input: object, calls: number): string {
  const inputs = Object.fromEntries(Array.from({ length: calls }, (_, index) => [index, input]))
  const names = Array.from({ length: calls }, () => procedure).join(',')
  return `/trpc/${names}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`
}
