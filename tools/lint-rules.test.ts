import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { plantTree } from './planted-tree.ts'

const inPage = 'apps/web/src/a.tsx'

/** A violation of each rule that .oxlintrc.json names or narrows. */
const violations: [rule: string, source: string, file?: string][] = [
  ['eqeqeq', 'export const y = (x: unknown) => x == 1'],
  ['no-console', "console.log('x')"],
  ['no-empty', 'export const y = (x: boolean) => { if (x) {} }'],
  ['no-eval', "export const y: unknown = eval('1')"],
  ['no-param-reassign', 'export const y = (x: number) => { x = 1; return x }'],
  ['prefer-const', 'export const y = () => { let x = 1; return x }'],
  ['max-lines', 'export const y = 1\n' + '\n'.repeat(250)],
  ['no-cycle', "import type { C } from './c.ts'\nexport type B = C", 'packages/router/src/b.ts'],
  ['no-cycle', "import type { B } from './b.ts'\nexport type C = B", 'packages/router/src/c.ts'],
  ['consistent-type-specifier-style', "import { type X, y } from './z.ts'\nexport const z: X = y"],
  ['no-default-export', 'export default 1'],
  ['no-duplicates', "import { a } from './z.ts'\nimport { b } from './z.ts'\nexport const c = [a, b]"],
  ['no-explicit-any', 'export const y = (x: any) => String(x)'],
  ['no-non-null-assertion', 'export const y = (x: string | null) => x!.length'],
  ['no-floating-promises', 'export const y = () => { Promise.resolve(1) }'],
  ['no-misused-promises', 'export const y = (p: Promise<boolean>) => { if (p) return 1; else return 2 }'],
  ['return-await', 'export async function y(p: Promise<1>) { try { return p } catch { return 2 } }'],
  ['only-throw-error', "export const y = () => { throw 'x' }"],
  ['switch-exhaustiveness-check', "export const y = (x: 'a' | 'b') => { switch (x) { case 'a': return 1 } }"],
  ['consistent-type-imports', "import { Y } from './y.ts'\nexport const z = (y: Y) => y"],
  ['ban-ts-comment', '// @ts-ignore\nexport const y = 1'],
  ['no-unsafe-argument', "export const y = () => Number.parseInt(JSON.parse('1'))"],
  ['no-unsafe-assignment', "export const y = () => { const x = JSON.parse('1'); return String(x) }"],
  ['no-unsafe-call', "export const y = () => { JSON.parse('1')() }"],
  ['no-unsafe-member-access', "export const y = () => { String(JSON.parse('1').x) }"],
  ['no-unsafe-return', "export const y = () => JSON.parse('1')"],
  ['no-unnecessary-type-assertion', 'export const y = (x: string) => x as string'],
  ['filename-case', 'export const y = 1', 'packages/router/src/PascalCase.ts'],
  ['prefer-node-protocol', "import { readFileSync } from 'fs'\nexport const y = readFileSync"],
  ['no-focused-tests', "import { test } from 'vitest'\ntest.only('x', () => {})", 'apps/cli/test/a.test.ts'],
  ['no-restricted-imports', "import { initTRPC } from '@trpc/server'\nexport const t = initTRPC"],
  ['no-restricted-properties', 'export const y = (db: { selectFrom: () => void }) => { db.selectFrom() }'],
  ['no-danger', "export const y = <p dangerouslySetInnerHTML={{ __html: 'x' }} />", inPage],
  ['forbid-elements', 'export const y = <form />', inPage],
  ['no-restricted-globals', 'export const y = localStorage.length', inPage],
  ['no-restricted-globals', 'export const y = localStorage.length', 'apps/web/src/drafts/kept-texts.ts'],
  ['no-restricted-globals', 'export const y = sessionStorage.length', 'apps/web/src/theme/before-paint.ts'],
  ['alt-text', 'export const y = <img src="x" />', inPage],
  ['rules-of-hooks', 'export const Y = (p: { on: boolean }) => p.on && useId()', inPage],
]

const planted = violations.map(([rule, source, file = 'packages/router/src/a.ts'], at) => ({
  rule,
  source,
  file: file.replace('/a.', `/planted-${at}.`),
}))

const root = fileURLToPath(new URL('../', import.meta.url))
using tree = plantTree({
  '.oxlintrc.json': readFileSync(`${root}.oxlintrc.json`, 'utf8'),
  'tsconfig.json': JSON.stringify({ compilerOptions: { strict: true, jsx: 'react-jsx', types: [] } }),
  ...Object.fromEntries(planted.map(({ file, source }) => [file, `${source}\n`])),
})
const { stdout } = spawnSync(`${root}node_modules/.bin/oxlint`, ['--format=json'], {
  cwd: tree.root,
  encoding: 'utf8',
})
const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string; code: string }[] }
const found = diagnostics.map(({ filename, code }) => `${/\((.+)\)/.exec(code)?.[1]} in ${filename}`)

test.each(planted)('lint refuses $rule', ({ rule, file }) => {
  expect(found).toContain(`${rule} in ${file}`)
})
