import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { repositoryRoot } from '@app/router'
import type { Services } from '@app/router'

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
 * few threads of libuv's pool with other work. One warning names the files that get no address because their
 * type is unknown.
 * @returns null when the web app has not been built
 */
export function readBuiltWeb(
  log: Services['log'],
  folder = path.join(repositoryRoot, 'apps/web/dist'),
): BuiltWeb | null {
  if (!existsSync(path.join(folder, 'index.html'))) return null
  const files = globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    // Files that begin with a dot belong to the build tool, or to git.
    .filter((name) => !/(^|\/)\./.test(name))
    // Source maps and compressed copies have no address.
    .filter((name) => !/\.(?:map|br|gz)$/.test(name))
    .toSorted()
  // Neither have files of other types, such as backups (ASVS 5.0 13.4.7).
  const skipped = files.filter((name) => typeOf(name) === undefined)
  if (skipped.length > 0) {
    log.warn({ files: skipped }, 'Some files of the web app are not served: add their type in built-web.ts')
  }
  return new Map(
    files.flatMap((name) => {
      const type = typeOf(name)
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

function typeOf(name: string): string | undefined {
  return types[path.extname(name).toLowerCase()]
}

/**
 * The files that are served, by the ends of their names. A new kind of file needs a line here. Audio and
 * video need byte ranges and another content security policy, and WebAssembly another policy.
 */
const types: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
}
