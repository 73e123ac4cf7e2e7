import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findProblems } from './check-house.mjs'
import { plantTree } from './planted-tree.ts'

const asvs = 'docs/asvs-map.json'
const met = { id: 'V1.1.1', status: 'met', tests: ['docs/a.test.ts > group … > a test'] }
const map = (change: object) => JSON.stringify([{ ...met, ...change }])
const fault = { ids: [met.id], file: 'docs/flow.md', find: 'Back', put: '', test: 'docs/a.test.ts > a test' }
const manifest = (fields: object) => JSON.stringify({ name: '@app/planted', ...fields })
const users = 'packages/router/src/features/users/a.ts'
const client = 'packages/client/package.json'
const long = 'word '.repeat(24)

const soundTree: Record<string, string> = {
  'package.json': manifest({ scripts: { test: 'node x' }, devDependencies: { '@app/cli': 'link:' } }),
  'tsconfig.json': '{ "references": [{ "path": "./packages/router" }, { "path": "./packages/client" }] }',
  'packages/router/package.json': manifest({
    scripts: { test: 'vitest run' },
    dependencies: { '@app/contract': 'workspace:*', kysely: 'catalog:' },
    devDependencies: { vitest: 'catalog:' },
  }),
  'packages/router/src/features/notes/index.ts': "export { list } from './store.ts'",
  'packages/router/src/features/notes/store.ts': "import { sql } from 'kysely'\nexport const list = sql",
  'packages/router/src/features/users/procedures.ts': "export { list } from '../notes/index.ts'",
  'packages/router/src/features/users/types.ts': "export type { Kysely } from 'kysely'",
  'packages/router/src/features/users/users.test.ts': "import { test } from 'vitest'\ntest('x', () => {})",
  'packages/router/vitest.config.ts': "export { vitestBase } from '../../tools/vitest-base.ts'",
  'packages/client/package.json': manifest({ devDependencies: { '@app/router': 'workspace:*' } }),
  'packages/client/src/index.ts': "export type { AppRouter } from '@app/router'",
  'packages/client/src/text.ts': `export const text = '${'/* word */ '.repeat(12)}'`,
  'apps/web/src/app.ts': "import './shell/a.ts'\nimport './a.css'",
  'apps/web/src/shell/a.ts': "import type { B } from '../auth/b.ts'",
  'apps/web/src/auth/b.ts': "export const load = () => import('../session/inner/c.ts')",
  'pnpm-lock.yaml': "lockfileVersion: '9.0'",
  'README.md': [
    'See [notes](packages/router/src/features/notes/store.ts#sql), `packages/*/package.json` and `npm test`.',
    'A long string is no comment; `sql`, `a word` and `list()` are fine.',
    '<!-- from packages/router/src/features/notes/store.ts -->\n```ts\n  export const list = sql\n```',
    '```\npackages/planned/\n```',
    '| router | contract |  |\n| client |  | router |\n| cli |  |  |\n',
  ].join('\n'),
  'docs/flow.md': '[Back](../README.md), [up](#flow), [the rule](https://example.org/a.md)',
  'docs/a.test.ts': "describe(`group ${kind}`, () => { test('a test', () => {}) })",
  [asvs]: map({}),
  'docs/asvs-faults.json': JSON.stringify([fault]),
}

function problems(changes: Record<string, string>): string[] {
  using tree = plantTree({ ...soundTree, ...changes })
  return findProblems(tree.root)
}

test('a sound house has no problem', () => {
  expect(problems({})).toEqual([])
})

test.each<[rule: string, file: string, content: string]>([
  ['packagesHaveAllowedDependencies', 'README.md', '| router | contract | client |\n'],
  ['packagesHaveAllowedDependencies', 'packages/new/package.json', manifest({})],
  ['packagesHaveAllowedDependencies', client, manifest({ dependencies: { '@app/router': '' } })],
  ['packagesHaveAllowedDependencies', 'apps/cli/package.json', manifest({ devDependencies: { bcrypt: '' } })],
  ['importsRespectBoundaries', 'packages/contract/src/a.ts', "export { x } from 'zod'"],
  ['importsRespectBoundaries', 'packages/contract/src/notes/limits.ts', "export { x } from 'zod/mini'"],
  ['importsRespectBoundaries', users, "export { x } from 'kysely'"],
  ['importsRespectBoundaries', 'packages/client/src/a.ts', "export { x } from 'tough-cookie'"],
  ['importsRespectBoundaries', 'apps/web/src/a.ts', "export { x } from 'zod'"],
  ['runtimeImportsAreDependencies', 'packages/client/src/a.ts', "export { a } from '@app/router'"],
  ['runtimeImportsAreDependencies', 'packages/client/src/a.ts', "export const a = () => import('vitest')"],
  ['relativeImportsStayInTheirPackage', 'packages/client/src/a.ts', "export * from '../../router/src/a.ts'"],
  ['relativeImportsStayInTheirPackage', 'packages/client/src/a.ts', "export * from '../../../tools/a.ts'"],
  ['featuresAreImportedByPublicEntry', users, "export type { x } from '../notes/table.ts'"],
  [
    'featuresAreImportedByPublicEntry',
    'packages/router/src/features/mail.ts',
    "export * from './notes/store.ts'",
  ],
  ['featuresAreImportedByPublicEntry', users, "export * from '../../features/notes/store.ts'"],
  ['webFoldersHaveNoImportCycle', 'apps/web/src/session/inner/c.ts', "export * from '../../shell/a.ts'"],
  ['namesSayWhatIsInside', 'packages/router/src/utils/a.ts', ''],
  ['namesSayWhatIsInside', 'apps/web/src/common.tsx', ''],
  ['everyPackageIsChecked', 'apps/web/package.json', manifest({})],
  ['everyPackageIsChecked', 'packages/client/src/a.test.ts', ''],
  ['documentsNameWhatExists', 'docs/flow.md', '[the rule](rule.md)'],
  ['documentsNameWhatExists', 'README.md', 'in `packages/*/gone.ts`'],
  ['documentsQuoteTheCode', 'README.md', '<!-- from package.json -->\n```json\n{ "gone": 1 }\n```'],
  ['documentsRunScriptsThatExist', 'docs/flow.md', '```sh\nnpm run gone\n```'],
  ['documentsNameIdentifiersThatExist', 'docs/flow.md', 'The guard calls `gone()`.'],
  ['documentsNameIdentifiersThatExist', 'README.md', 'It sets `ctx.changedUserIds`.'],
  ['filesHaveNoRefusedText', 'apps/server/test/a.test.ts', "post(url, 'auth.signup', { username })"],
  ['filesHaveNoRefusedText', 'packages/client/src/a.test.ts', 'await vi.waitFor(check)'],
  ['filesHaveNoRefusedText', 'apps/web/e2e/setup/a.ts', 'api.auth.signup.mutate({ username })'],
  ['filesHaveNoRefusedText', 'packages/router/src/a.ts', `export const a = 1 // ${long}`],
  ['filesHaveNoRefusedText', 'packages/router/src/a.mjs', `/**\n * ${long}\n */`],
  ['filesHaveNoRefusedText', 'apps/web/src/a.css', `/*\n${long}\n*/`],
  ['filesHaveNoRefusedText', 'tools/a.mjs', 'function a() {\n  const MAX_RETRIES = 3\n}'],
  ['filesHaveNoRefusedText', 'pnpm-lock.yaml', 'resolution: {tarball: https://registry.example/x.tgz}'],
  ['filesHaveNoRefusedText', 'bench/peers/pnpm-lock.yaml', 'resolution: {tarball: x.tgz}'],
  ['asvsMapIsComplete', asvs, map({ tests: [] })],
  ['asvsMapIsComplete', asvs, map({ status: 'not-met', note: '' })],
  ['asvsMapIsComplete', asvs, map({ tests: ['docs/a.test.ts > another group > a test'] })],
  ['asvsMapIsComplete', asvs, map({ documents: ['docs/gone.md'] })],
  ['asvsFaultsCanBePlanted', 'docs/asvs-faults.json', '[]'],
  ['asvsFaultsCanBePlanted', 'docs/asvs-faults.json', JSON.stringify([{ ...fault, find: 'gone' }])],
  ['asvsFaultsCanBePlanted', 'docs/asvs-faults.json', JSON.stringify([{ ...fault, put: 'Back' }])],
  ['asvsFaultsCanBePlanted', 'docs/asvs-faults.json', JSON.stringify([{ ...fault, test: 'a.test.ts > x' }])],
])('%s refuses a violation in %s', (rule, file, content) => {
  expect(problems({ [file]: content })).toContainEqual(expect.stringContaining(`(${rule})`))
})

test('the map of the ASVS is printed as a table with every requirement of levels 1, 2 and 3', () => {
  const { stdout } = spawnSync(process.execPath, [join(import.meta.dirname, 'print-asvs-table.mjs')])
  const levels = stdout.toString().match(/(?<=^\| V\d+\.\d+\.\d+ \| )[123](?= \| .* \|$)/gm) ?? []
  expect([1, 2, 3].map((each) => levels.filter((level) => level === `${each}`).length)).toEqual([70, 183, 92])
})
