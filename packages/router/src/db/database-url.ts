import path from 'node:path'

export type DatabaseLocation =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string }

/**
 * Reads a `DATABASE_URL`: `file:data/latchkey.db` (relative to `root`), `file:/srv/latchkey.db`,
 * `postgres://user@host:5432/name`.
 * @throws Error with one line that names the mistake, never the URL itself: it may hold a password
 */
export function parseDatabaseUrl(url: string, root: string): DatabaseLocation {
  if (/^postgres(ql)?:\/\//.test(url)) {
    if (!URL.canParse(url)) throw new Error('DATABASE_URL is not a valid postgres:// URL.')
    return { kind: 'postgres', url }
  }
  if (!url.startsWith('file:')) {
    throw new Error('DATABASE_URL must start with file: (SQLite) or postgres:// (PostgreSQL).')
  }
  const name = url.slice('file:'.length).replace(/^\/\/(?=\/)/, '')
  if (name === '' || name.endsWith('/') || name.startsWith('//')) {
    throw new Error('DATABASE_URL must name a file, like file:data/latchkey.db.')
  }
  if (name.startsWith(':memory:') || name.includes('?')) {
    throw new Error('DATABASE_URL must name a plain file: no :memory: and no parameters.')
  }
  return { kind: 'sqlite', file: path.resolve(root, name) }
}
