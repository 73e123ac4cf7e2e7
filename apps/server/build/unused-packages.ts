import type { Plugin } from 'rolldown'

/** Express loads it with tables of encodings. The server reads bodies itself, in read-body.ts. */
const unused = new Set(['body-parser'])

/** The extensions of the files of pages, and of what Express negotiates. */
const extensions = /^(bin|css|html|ico|js|json|png|svg|txt|webmanifest|webp|woff2|xml)$/

interface MediaType {
  charset?: string
  extensions?: string[]
}

/** Leaves out what other packages load and the server never uses. */
export function unusedPackages(): Plugin {
  const prefix = '\0unused:'
  return {
    name: 'unused-packages',
    resolveId: (id) => (unused.has(id) ? prefix + id : null),
    load: (id) => (id.startsWith(prefix) ? 'export {}' : null),
    // Express needs a few of its 2,500 media types.
    transform: (code, id) => (id.endsWith('/mime-db/db.json') ? usedMediaTypes(code) : null),
  }
}

function usedMediaTypes(json: string): string {
  // Sound: the package says so.
  const all = Object.entries(JSON.parse(json) as Record<string, MediaType>)
  const isUsed = ({ charset, extensions: names = [] }: MediaType) =>
    charset !== undefined || names.some((name) => extensions.test(name))
  return JSON.stringify(Object.fromEntries(all.filter(([, type]) => isUsed(type))))
}
