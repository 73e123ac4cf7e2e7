import { basename } from 'node:path'

/** The packages of @app that a package may import. */
interface Neighbours {
  imports: string[]
  /** Imported as types only. */
  types?: string[]
  /** Development dependencies. */
  tests?: string[]
  /** Served, not imported. */
  files?: string[]
}

/** Which package may import which. The manifests, the imports and the table in README follow it. */
export const neighbours: Record<string, Neighbours> = {
  contract: { imports: [] },
  mails: { imports: ['contract'] },
  router: { imports: ['contract', 'mails'] },
  client: { imports: ['contract'], types: ['router'] },
  'client-pack': { imports: ['router', 'contract', 'client'], tests: ['server'] },
  server: { imports: ['router', 'contract'], tests: ['client'], files: ['web'] },
  web: { imports: ['client', 'contract', 'mails'] },
  cli: { imports: ['client', 'router', 'contract'], tests: ['server'] },
  examples: { imports: ['client'], tests: ['server'] },
}

export function neighboursOf(dir: string): Neighbours | undefined {
  return neighbours[dir.startsWith('examples/') ? 'examples' : basename(dir)]
}

/** The rows of the table in README. */
export const neighbourRows = Object.entries(neighbours).map(([name, { imports, types }]) => {
  const others = types ? `; of the ${types.join(', ')} the types only` : ''
  return `| ${name} | ${imports.join(', ') || 'nothing of ours'}${others} |`
})

/** The benchmarks may use anything, and the root links the command. */
export const freeFolders = ['', 'bench']

export const routerAlone = [
  '@simplewebauthn/server',
  'bcrypt',
  'better-sqlite3',
  'jsonwebtoken',
  'kysely',
  'nodemailer',
  'pg',
]

interface Wall {
  from: RegExp
  /** Matches the specifiers that are refused. */
  refuses: RegExp
  allowsTypes?: boolean
  reason: string
  /** A file and what it must not import. */
  violation: [file: string, specifier: string]
}

/** What folders may not import although their package may. */
export const walls: Wall[] = [
  {
    from: /^packages\/contract\/src\//,
    refuses: /^(?!zod\/mini$|\.)/,
    reason: 'the contract imports zod/mini and its own files alone',
    violation: ['packages/contract/src/a.ts', 'zod'],
  },
  {
    from: /^packages\/contract\/src\/([^/]+\/)?(failure-text|failures|limits|roles)\.ts$/,
    refuses: /^(?!\.\.?\/([^./]+\/)?(failures|limits|roles)\.ts$)/,
    allowsTypes: true,
    reason: 'failures, limits and roles load without zod',
    violation: ['packages/contract/src/notes/limits.ts', 'zod/mini'],
  },
  {
    from: /^packages\/router\/src\/(?!db\/|features\/([^/]+\/)+(store|table)\.ts$)/,
    refuses: /^kysely(\/|$)/,
    allowsTypes: true,
    reason: 'SQL is in store.ts, table.ts and db/',
    violation: ['packages/router/src/features/users/procedures.ts', 'kysely'],
  },
  {
    from: /^packages\/client\/src\/(?!node[./])/,
    refuses: /^(node:|tough-cookie$)/,
    reason: 'the client uses Node only in node.ts and node/',
    violation: ['packages/client/src/a.ts', 'tough-cookie'],
  },
  {
    from: /^apps\/web\/src\//,
    refuses: /^zod$/,
    reason: 'browsers load zod/mini: all of zod is three times as large',
    violation: ['apps/web/src/a.ts', 'zod'],
  },
]
