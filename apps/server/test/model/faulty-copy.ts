import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Fault } from './faults.ts'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
export const routerSources = path.join(root, 'packages/router/src')

/** What the tests of all packages share. */
const sharedByTests = ['tools/free-port.ts', 'tools/optional-programs.ts']

/**
 * Copies server and router to a folder, with a fault in the router; all other packages are linked.
 */
export function faultyCopy(fault: Fault): Disposable & { readonly model: string } {
  // The real path: Node resolves links, and would load the same module twice under two names.
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'app-fault-')))
  const router = path.join(folder, 'packages/router')
  const server = path.join(folder, 'apps/server')
  copyPackage('packages/router', router, ['src'])
  copyPackage('apps/server', server, ['src', 'test'])
  for (const file of sharedByTests) cpSync(path.join(root, file), path.join(folder, file))
  const ours = path.join(server, 'node_modules/@app/router')
  rmSync(ours)
  symlinkSync(router, ours)

  for (const [file, text] of editedSources(fault, path.join(router, 'src'))) writeFileSync(file, text)
  return {
    model: path.join(server, 'test/model/run.ts'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/**
 * Applies a fault to sources of the router, and writes nothing.
 * @returns the new text by file
 * @throws Error when the fault does not find its line exactly once
 */
export function editedSources(fault: Fault, sources: string): Map<string, string> {
  const edited = new Map<string, string>()
  for (const { file, from, to } of 'edits' in fault ? fault.edits : [fault]) {
    const target = path.join(sources, file)
    const pieces = (edited.get(target) ?? readFileSync(target, 'utf8')).split(from)
    if (pieces.length !== 2)
      throw new Error(`"${fault.name}" finds its line in ${file} ${pieces.length - 1} times.`)
    edited.set(target, pieces.join(to))
  }
  return edited
}

function copyPackage(from: string, to: string, folders: readonly string[]): void {
  const source = path.join(root, from)
  mkdirSync(to, { recursive: true })
  for (const name of [...folders, 'package.json'])
    cpSync(path.join(source, name), path.join(to, name), { recursive: true })
  linkEach(path.join(source, 'node_modules'), path.join(to, 'node_modules'))
}

/** Packages are linked one by one, so that one of them can be another; scopes are folders of them. */
function linkEach(from: string, to: string): void {
  mkdirSync(to)
  for (const entry of readdirSync(from)) {
    if (entry.startsWith('.')) continue
    if (entry.startsWith('@')) linkEach(path.join(from, entry), path.join(to, entry))
    else symlinkSync(realpathSync(path.join(from, entry)), path.join(to, entry))
  }
}
