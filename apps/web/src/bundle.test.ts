import { globSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import { build } from 'vite'
import type { Rolldown } from 'vite'
import { beforeAll, expect, test, vi } from 'vitest'

/**
 * The limit of what the browser loads before the log-in page can send its form, compressed as the server
 * sends it. On a slow connection this is the wait of a user who types quickly.
 */
const firstLoadLimitBytes = 101_800

/**
 * Names and phrases that only code of the server contains. One of them in the bundle means that server code
 * was bundled.
 */
const serverOnly = [
  'bcrypt',
  'better-sqlite3',
  'jsonwebtoken',
  'kysely',
  'initTRPC',
  'AUTH_SECRETS',
  'DATABASE_URL',
  'node:crypto',
  /\bselect\b[^;]{1,80}\bfrom\b\s+["`]?(?:users|sessions|notes)\b/i,
  /\binsert into\b/i,
]

const settings = ['AUTH_SECRETS', 'DATABASE_URL', 'SMTP_URL']
const secret = 'an auth secret that sings: tweet tweet'

// With the highest quality, as in the build.
const compress = promisify(brotliCompress)

let files: Rolldown.RolldownOutput['output'][number][]
let chunks: Rolldown.OutputChunk[]

beforeAll(async () => {
  // With vitest's value 'test', React would be bundled with its development checks.
  vi.stubEnv('NODE_ENV', 'production')
  // As on a server where the settings are environment variables during the build.
  for (const name of settings) vi.stubEnv(name, secret)
  const result = await build({
    configFile: `${import.meta.dirname}/../vite.config.ts`,
    root: `${import.meta.dirname}/..`,
    logLevel: 'error',
    build: { write: false },
  })
  if (!('output' in result)) throw new TypeError('vite built something else than one bundle')
  files = result.output
  chunks = files.filter((file) => file.type === 'chunk')
})

test('bundle: the log-in page stays within its size limit', async () => {
  const main = chunks.find((chunk) => chunk.facadeModuleId?.endsWith('/src/main.tsx'))
  const entry = chunks.find((chunk) => chunk.isEntry)
  const files = [...withImports(entry), ...withImports(main)]

  expect(files.length).toBeGreaterThan(1)
  const sizes = await Promise.all([...new Set(files)].map((chunk) => compressedBytes(chunk.code)))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(firstLoadLimitBytes)
})

test('bundle: the page preloads all chunks of the app, and nothing else', () => {
  const page = files.find(({ fileName }) => fileName === 'index.html')
  // Without the templates: only their own pages use them.
  const html = (page?.type === 'asset' ? String(page.source) : '').replaceAll(
    /<template[^]*?<\/template>/g,
    '',
  )
  const preloaded = [...html.matchAll(/<link rel="modulepreload"[^>]* href="\/([^"]+)"/g)].map(
    ([, file]) => file,
  )
  const main = chunks.find((chunk) => chunk.facadeModuleId?.endsWith('/src/main.tsx'))

  const wanted = withImports(main).filter(({ isEntry }) => !isEntry)
  expect(wanted.length).toBeGreaterThan(1)
  expect(preloaded).toHaveLength(wanted.length)
  expect(new Set(preloaded)).toEqual(new Set(wanted.map(({ fileName }) => fileName)))
})

test('bundle: the start script imports no other file, so that it can show that one failed to load', () => {
  expect(chunks.find((chunk) => chunk.isEntry)?.imports).toEqual([])
})

test('bundle: the log-in page loads no code of the pages for users', () => {
  const main = chunks.find((chunk) => chunk.facadeModuleId?.endsWith('/src/main.tsx'))
  const files = new Set(withImports(main))
  const modules = [...files].flatMap((chunk) => chunk.moduleIds)
  expect(modules).toContainEqual(expect.stringMatching(/\/src\/auth\/log-in-form\.tsx$/))
  // The app knows the keys of unsaved documents of features, but none of their code.
  const ofFeatures = modules.filter((id) => /\/web\/src\/(?:account|audit|notes|users)\//.test(id))
  expect(ofFeatures.filter((id) => !/\/[\w-]+-key\.ts$/.test(id))).toEqual([])
})

test('bundle: contains no code of the server', () => {
  const modules = chunks.flatMap((chunk) => chunk.moduleIds)

  expect(modules).toContainEqual(expect.stringContaining('/src/pages/login.tsx'))
  expect(
    modules.filter((id) => /packages\/router\/|apps\/server\/|@trpc\/server\/dist\/adapters/.test(id)),
  ).toEqual([])
  for (const { fileName, code } of chunks) {
    const found = serverOnly.filter((mark) =>
      typeof mark === 'string' ? code.includes(mark) : mark.test(code),
    )
    expect({ fileName, found }).toEqual({ fileName, found: [] })
  }
})

test('bundle: contains no secret and no setting', () => {
  const canaries = [secret, btoa(secret).replace(/=+$/, ''), ...settings, import.meta.dirname]
  for (const file of files) {
    const text = file.type === 'chunk' ? file.code : textOf(file.source)
    const found = canaries.filter((canary) => text.includes(canary))
    expect({ fileName: file.fileName, found }).toEqual({ fileName: file.fileName, found: [] })
  }
})

test('bundle: the word lists for new passwords are a separate file, which no page preloads', () => {
  expect(chunks.flatMap((chunk) => chunk.moduleIds).filter((id) => id.includes('@zxcvbn-ts'))).toEqual([])
})

test('bundle: does not contain the showcase of components', () => {
  expect(files.map(({ fileName }) => fileName).filter((name) => name.endsWith('.html'))).toEqual([
    'index.html',
  ])
  expect(chunks.flatMap((chunk) => chunk.moduleIds).filter((id) => id.includes('/showcase/'))).toEqual([])
  const styles = files.filter(({ fileName }) => fileName.endsWith('.css'))
  expect(styles.length).toBeGreaterThan(0)
  for (const file of styles) expect('source' in file && file.source).not.toContain('showcase')
})

test('bundle: the log-in page loads no zod, and the app sets zod to jitless before a page loads it', () => {
  const main = chunks.find((chunk) => chunk.facadeModuleId?.endsWith('/src/main.tsx'))
  const modules = withImports(main).flatMap((chunk) => chunk.moduleIds)
  expect(modules).toContainEqual(expect.stringMatching(/\/src\/api\/zod-jitless\.ts$/))
  expect(modules.filter((id) => id.includes('node_modules/zod/'))).toEqual([])
})

function withImports(chunk: Rolldown.OutputChunk | undefined): Rolldown.OutputChunk[] {
  if (chunk === undefined) throw new TypeError('the bundle has no such chunk')
  const files = new Set([chunk])
  // The set grows during the loop, so that indirect imports are included, each file once.
  for (const file of files) {
    for (const name of file.imports) {
      const imported = chunks.find(({ fileName }) => fileName === name)
      if (imported) files.add(imported)
    }
  }
  return [...files]
}

function textOf(source: string | Uint8Array): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source)
}

async function compressedBytes(code: string): Promise<number> {
  return (await compress(code)).byteLength
}

test('bundle: style sheets of components have different names, because their class names contain them', () => {
  const names = globSync('**/*.module.css', { cwd: import.meta.dirname }).map((file) => path.basename(file))
  expect(names.length).toBeGreaterThan(10)
  expect(names).toHaveLength(new Set(names).size)
})
