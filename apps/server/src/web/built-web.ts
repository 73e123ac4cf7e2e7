import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { repositoryRoot } from '@app/router'

export type Encoding = 'br' | 'gzip'

/** A file of the built web app with its compressed copies. */
export interface BuiltFile {
  type: string
  content: Buffer
  encoded: Partial<Record<Encoding, Buffer>>
  /** A hash of the content, for `ETag`. */
  tag: string
  /** Its name has a hash of its content, so it never changes. */
  isImmutable: boolean
}

/** By path: `/index.html`, `/assets/…`. */
export type BuiltWeb = ReadonlyMap<string, BuiltFile>

/**
 * Reads the whole build, which is small and bounded, into memory. Reads from the disk would compete for the
 * few threads of libuv's pool with other work.
 * @returns null when the web app has not been built
 */
export function readBuiltWeb(folder = path.join(repositoryRoot, 'apps/web/dist')): BuiltWeb | null {
  if (!existsSync(path.join(folder, 'index.html'))) return null
  const files = globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    // Files that begin with a dot belong to the build tool, or to git.
    .filter((name) => !/(^|\/)\./.test(name))
  return new Map(
    files.flatMap((name) => {
      // Source maps, backups and compressed copies have no address (ASVS 5.0 13.4.7).
      const type = types[path.extname(name)]
      return type === undefined ? [] : [[`/${name}`, readBuiltFile(folder, name, type)]]
    }),
  )
}

function readBuiltFile(folder: string, name: string, type: string): BuiltFile {
  const file = path.join(folder, name)
  const content = readFileSync(file)
  return {
    content,
    type,
    encoded: {
      ...(existsSync(`${file}.br`) ? { br: readFileSync(`${file}.br`) } : {}),
      ...(existsSync(`${file}.gz`) ? { gzip: readFileSync(`${file}.gz`) } : {}),
    },
    tag: tagOf(content),
    isImmutable: name.startsWith('assets/'),
  }
}

/** Returns a hash of the content, for `ETag`. */
export function tagOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 22)
}

/** The files that are served, by the ends of their names. A new kind of file needs a line here. */
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}
