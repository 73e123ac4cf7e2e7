import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { copyTree } from '../copy-tree.mjs'
import { run } from './run.ts'

export const root = join(import.meta.dirname, '../..')

// SQLite is enough, because the trees do not differ in their use of databases.
const withoutPostgres = { TEST_POSTGRES_URL: 'postgres://postgres@127.0.0.1:1/postgres' }

interface Owner extends Disposable {
  root: string
  /** Runs a command in the tree. @returns its standard output */
  run(command: string, ...args: string[]): string
  pnpm(...args: string[]): string
  vitest(workspacePackage: string, args?: string[], env?: Record<string, string>): string
  /** Builds, and runs these browser tests. */
  browserTests(...files: string[]): void
  upgrade(...flags: string[]): string
}

/** Copies the tree for an owner who will change it. Nothing is installed in the copy. */
export function newOwner(): Owner {
  const copy = copyTree(root)
  const runInCopy = (command: string, args: string[], env: Record<string, string> = {}) =>
    run(copy.root, command, args, { ...withoutPostgres, ...env })
  const pnpm = (...args: string[]) => runInCopy(join(root, 'node_modules/.bin/pnpm'), args)
  return {
    root: copy.root,
    run: (command, ...args) => runInCopy(command, args),
    pnpm,
    vitest: (name, args = [], env = {}) =>
      runInCopy('pnpm', ['--filter', `@app/${name}`, 'exec', 'vitest', 'run', ...args], env),
    browserTests: (...files) => {
      reuseBrowser(copy.root)
      pnpm('exec', 'node', 'tools/build.mjs')
      // A worker starts a browser and a server. For a few tests that costs more than a third one gains.
      pnpm('--filter', '@app/web', 'exec', 'playwright', 'test', '--workers=2', ...files)
    },
    upgrade: (...flags) => runInCopy('node', ['tools/upgrade/upgrade.mjs', '--no-tests', ...flags]),
    [Symbol.dispose]: () => copy[Symbol.dispose](),
  }
}

/** Links the unpacked browser of this tree into the copy, because unpacking it again takes 2 s of CPU. */
function reuseBrowser(copy: string): void {
  const browser = 'node_modules/.cache/chromium'
  if (!existsSync(join(root, browser))) return
  mkdirSync(join(copy, dirname(browser)), { recursive: true })
  symlinkSync(join(root, browser), join(copy, browser))
}

export function install(tree: string): void {
  run(tree, 'node', ['tools/pnpm.mjs', 'install', '--frozen-lockfile', '--prefer-offline'])
}

export function readGuide(name: string): string {
  return readFileSync(join(root, 'docs', name), 'utf8')
}

/** @throws if nothing changes */
export function edit(tree: string, path: string, change: (text: string) => string): void {
  const text = readFileSync(join(tree, path), 'utf8')
  const changed = change(text)
  if (changed === text) throw new Error(`${path} was not changed`)
  writeFileSync(join(tree, path), changed)
}

/** Commits the whole tree, in a new repository if it has none. */
export function commit(tree: string, message: string, tag?: string): void {
  run(tree, 'git', ['init', '--quiet', '--initial-branch=main'])
  run(tree, 'git', ['add', '--all'])
  run(tree, 'git', ['-c', 'user.name=owner', '-c', 'user.email=owner@localhost', 'commit', '-qm', message])
  if (tag !== undefined) run(tree, 'git', ['tag', tag])
}
