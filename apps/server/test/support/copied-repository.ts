import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const copied = ['apps', 'package.json', 'packages', 'tools', 'tsconfig.base.json']
const left = /[/\\](?:dist|data|\.cache|\.turbo|\.vite|test|e2e|test-results)$/

/**
 * A copy of the repository that a test can edit. Its packages share the installed modules, so nothing may run
 * pnpm in it, which could install there.
 */
export interface CopiedRepository extends Disposable {
  readonly root: string
  /** Replaces the one occurrence of a text. Saves by a new file of the same name, as git and many editors. */
  replace(file: string, from: string, to: string): void
}

export function copyRepository(): CopiedRepository {
  const copy = mkdtempSync(path.join(tmpdir(), 'app-copy-'))
  const filter = (source: string) => !left.test(source)
  for (const each of copied) {
    cpSync(path.join(root, each), path.join(copy, each), { recursive: true, verbatimSymlinks: true, filter })
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'))
  return {
    root: copy,
    replace: (file, from, to) => {
      const target = path.join(copy, file)
      const [before, after, ...more] = readFileSync(target, 'utf8').split(from)
      if (after === undefined || more.length > 0) throw new Error(`${file} has not exactly one ${from}`)
      writeFileSync(`${target}~`, `${before}${to}${after}`)
      renameSync(`${target}~`, target)
    },
    [Symbol.dispose]: () => rmSync(copy, { recursive: true, force: true }),
  }
}
