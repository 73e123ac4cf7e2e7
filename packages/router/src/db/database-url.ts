import path from 'node:path'

export type DatabaseLocation =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string }

/**
 * Returns what is wrong with a `DATABASE_URL`, to be read after its name. Never contains the URL, which may
 * contain a password.
 */
export function databaseUrlProblem(url: string): string | undefined {
  if (/^postgres(ql)?:\/\//.test(url))
    return URL.canParse(url) ? undefined : 'must be a valid postgres:// URL.'
  if (!url.startsWith('file:')) return 'must start with file: (SQLite) or postgres:// (PostgreSQL).'
  const name = fileName(url)
  if (name === '' || name.endsWith('/') || name.startsWith('//')) {
    return 'must name a file, like file:data/app.db.'
  }
  return name.startsWith(':memory:') || name.includes('?')
    ? 'must name a plain file: no :memory: and no parameters.'
    : undefined
}

/**
 * Reads a `DATABASE_URL`: `file:data/app.db` (relative to `root`), `file:/srv/app.db`,
 * `postgres://user@host:5432/name`.
 * @throws Error with one line that names the mistake
 */
export function parseDatabaseUrl(url: string, root: string): DatabaseLocation {
  const problem = databaseUrlProblem(url)
  if (problem !== undefined) throw new Error(`DATABASE_URL ${problem}`)
  return url.startsWith('file:')
    ? { kind: 'sqlite', file: path.resolve(root, fileName(url)) }
    : { kind: 'postgres', url }
}

/** Names the database without the user and password of its URL: a file, or a server and its database. */
export function describeDatabase(url: string, root: string): string {
  const location = parseDatabaseUrl(url, root)
  return location.kind === 'sqlite' ? location.file : `PostgreSQL at ${postgresServer(location.url)}`
}

/** Returns server, port and database of the URL of a PostgreSQL database. */
export function postgresServer(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname || 'localhost'}:${port || '5432'}${pathname}`
}

function fileName(url: string): string {
  return url.slice('file:'.length).replace(/^\/\/(?=\/)/, '')
}
