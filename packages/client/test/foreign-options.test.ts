import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { beforeAll, expect, test } from 'vitest'

const client = join(import.meta.dirname, '..')
const root = join(client, '../..')

/** A program of a team that exports what calls return, so that its declarations must be able to name it. */
const program = `
import { attempt, createClient } from '@app/client'

export const api = createClient('http://localhost:8087')
export const me = () => api.account.me.query()
export const created = (title: string) => attempt(api.notes.create.mutate({ title }))
export async function read(id: string) {
  const result = await attempt(api.notes.get.query({ id }))
  return result.ok ? result.value : result.failure
}
`

/** What `tsc --init` and the templates of Vite and Next write, and a strict team. */
const configurations = {
  'tsc --init': {
    module: 'nodenext',
    target: 'esnext',
    types: [],
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    strict: true,
    jsx: 'react-jsx',
    verbatimModuleSyntax: true,
    isolatedModules: true,
    noUncheckedSideEffectImports: true,
    moduleDetection: 'force',
    skipLibCheck: true,
  },
  Vite: {
    target: 'es2023',
    lib: ['ES2023', 'DOM'],
    module: 'esnext',
    types: [],
    skipLibCheck: true,
    moduleResolution: 'bundler',
    allowImportingTsExtensions: true,
    verbatimModuleSyntax: true,
    moduleDetection: 'force',
    jsx: 'react-jsx',
    strict: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    erasableSyntaxOnly: true,
    noFallthroughCasesInSwitch: true,
  },
  Next: {
    target: 'ES2017',
    lib: ['dom', 'dom.iterable', 'esnext'],
    allowJs: true,
    skipLibCheck: true,
    strict: true,
    esModuleInterop: true,
    module: 'esnext',
    moduleResolution: 'bundler',
    resolveJsonModule: true,
    isolatedModules: true,
    jsx: 'react-jsx',
  },
  'a strict team': {
    target: 'es2022',
    module: 'nodenext',
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    noPropertyAccessFromIndexSignature: true,
    noImplicitReturns: true,
    noImplicitOverride: true,
    allowUnusedLabels: false,
  },
}

function tsc(...args: string[]): string {
  return spawnSync(join(root, 'node_modules/.bin/tsc'), args, { cwd: root, encoding: 'utf8' }).stdout
}

// The declarations that other packages read; up to date after a check.
beforeAll(() => {
  const problems = tsc('-b', join(client, 'tsconfig.node.json'))
  if (problems !== '') throw new Error(problems)
})

test.each(Object.entries(configurations))(
  'the client: has no errors under the options of %s, and exported results can be named',
  (_name, options) => {
    const folder = mkdtempSync(join(tmpdir(), 'foreign-options-'))
    try {
      mkdirSync(join(folder, 'node_modules/@app'), { recursive: true })
      symlinkSync(client, join(folder, 'node_modules/@app/client'))
      symlinkSync(join(client, 'node_modules/@types'), join(folder, 'node_modules/@types'))
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
      writeFileSync(join(folder, 'program.ts'), program)
      const compilerOptions = { ...options, declaration: true, noEmit: true }
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }))
      expect(tsc('-p', folder)).toBe('')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
