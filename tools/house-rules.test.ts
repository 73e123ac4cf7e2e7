import { expect, test } from 'vitest'
import { documentRules } from './house/document-rules.mjs'
import { importRules } from './house/import-rules.mjs'
import { languageRules } from './house/language-rules.mjs'
import { readHouse } from './house/read-house.mjs'
import { testRules } from './house/test-rules.mjs'
import { workspaceRules } from './house/workspace-rules.mjs'
import { plantTree } from './planted-tree.ts'

const soundTree: Record<string, string> = {
  'package.json': JSON.stringify({
    name: 'planted',
    scripts: { test: 'node x' },
    devDependencies: { '@app/cli': 'workspace:*' },
  }),
  'tsconfig.json': '{ "references": [{ "path": "./packages/router" }, { "path": "./packages/client" }] }',
  'packages/router/package.json': JSON.stringify({
    name: '@app/router',
    scripts: { test: 'vitest run' },
    dependencies: { '@app/contract': 'workspace:*', kysely: 'catalog:' },
    devDependencies: { vitest: 'catalog:' },
  }),
  'packages/router/src/features/notes/index.ts': "export { list } from './store.ts'",
  'packages/router/src/features/notes/store.ts': "import { sql } from 'kysely'\nexport const list = sql",
  'packages/router/src/features/users/procedures.ts': "export { list } from '../notes/index.ts'",
  'packages/router/src/features/users/users.test.ts': "import { test } from 'vitest'\ntest('x', () => {})",
  'packages/router/vitest.config.ts': "export { vitestBase } from '../../tools/vitest-base.ts'",
  'packages/client/package.json': JSON.stringify({
    name: '@app/client',
    dependencies: { '@app/contract': 'workspace:*' },
    devDependencies: { '@app/router': 'workspace:*' },
  }),
  'packages/client/src/index.ts': "export type { AppRouter } from '@app/router'",
  'packages/client/src/text.ts': `export const text = '${'/* word */ '.repeat(12)}'`,
  'pnpm-lock.yaml': "lockfileVersion: '9.0'",
  'README.md': [
    'See [the notes](packages/router/src/features/notes/store.ts#sql), `packages/*/package.json` and `npm test`.',
    'A long string is no comment; `sql`, `a word` and `list()` are fine.',
    '<!-- from packages/router/src/features/notes/store.ts -->\n```ts\n  export const list = sql\n```',
    '```\npackages/planned/\n```',
  ].join('\n'),
  'docs/flow.md': '[Back](../README.md), [up](#flow), [the rule](https://example.org/a.md)',
}

function problems(changes: Record<string, string>): string[] {
  using tree = plantTree({ ...soundTree, ...changes })
  const house = readHouse(tree.root)
  return [...importRules, ...workspaceRules, ...documentRules, ...languageRules, ...testRules].flatMap(
    (rule) => rule(house).map((problem) => `${rule.name}: ${problem}`),
  )
}

function manifest(dependencies: object, devDependencies: object = {}): string {
  return JSON.stringify({ name: '@app/planted', dependencies, devDependencies })
}

const ours = (...names: string[]): object =>
  Object.fromEntries(names.map((name) => [`@app/${name}`, 'workspace:*']))

test('a sound house has no problem', () => {
  expect(problems({})).toEqual([])
})

test.each<[rule: string, file: string, content: string]>([
  ['runtimeImportsAreDependencies', 'packages/client/src/a.ts', "export { appRouter } from '@app/router'"],
  [
    'runtimeImportsAreDependencies',
    'packages/client/src/a.ts',
    "export const a = () => import('@app/router')",
  ],
  [
    'runtimeImportsAreDependencies',
    'packages/router/src/a.ts',
    "import { test } from 'vitest'\ntest.skip('x')",
  ],
  [
    'relativeImportsStayInTheirPackage',
    'packages/client/src/a.ts',
    "export * from '../../router/src/index.ts'",
  ],
  [
    'relativeImportsStayInTheirPackage',
    'packages/client/src/a.ts',
    "export * from '../../../tools/test-report.ts'",
  ],
  [
    'featuresMeetAtTheirIndex',
    'packages/router/src/features/users/a.ts',
    "export * from '../notes/store.ts'",
  ],
  [
    'featuresMeetAtTheirIndex',
    'packages/router/src/features/users/a.ts',
    "export type { x } from '../notes/table.ts'",
  ],
  ['featuresMeetAtTheirIndex', 'packages/router/src/features/mail.ts', "export * from './notes/store.ts'"],
  [
    'featuresMeetAtTheirIndex',
    'packages/router/src/features/users/a.ts',
    "export * from '../../features/notes/store.ts'",
  ],
  ['packagesDependOnTheirNeighboursOnly', 'packages/contract/package.json', manifest(ours('router'))],
  ['packagesDependOnTheirNeighboursOnly', 'packages/contract/package.json', manifest({}, ours('client'))],
  ['packagesDependOnTheirNeighboursOnly', 'packages/router/package.json', manifest(ours('client'))],
  ['packagesDependOnTheirNeighboursOnly', 'packages/client/package.json', manifest(ours('router'))],
  ['packagesDependOnTheirNeighboursOnly', 'apps/server/package.json', manifest(ours('client'))],
  ['packagesDependOnTheirNeighboursOnly', 'apps/web/package.json', manifest(ours('router'))],
  ['packagesDependOnTheirNeighboursOnly', 'apps/web/package.json', manifest({}, ours('router'))],
  ['packagesDependOnTheirNeighboursOnly', 'apps/cli/package.json', manifest(ours('server'))],
  ['packagesDependOnTheirNeighboursOnly', 'examples/x/package.json', manifest(ours('contract'))],
  ['packagesDependOnTheirNeighboursOnly', 'examples/x/package.json', manifest({}, ours('router'))],
  ['onlyTheRouterHasSqlAndSecrets', 'apps/cli/package.json', manifest({ bcrypt: 'catalog:' })],
  ['onlyTheRouterHasSqlAndSecrets', 'apps/server/package.json', manifest({}, { pg: 'catalog:' })],
  ['namesSayWhatIsInside', 'packages/router/src/utils/a.ts', ''],
  ['namesSayWhatIsInside', 'packages/router/src/helpers.ts', ''],
  ['namesSayWhatIsInside', 'packages/router/src/services/a.ts', ''],
  ['namesSayWhatIsInside', 'apps/web/src/common.tsx', ''],
  ['namesSayWhatIsInside', 'docs/misc.md', ''],
  ['everyPackageIsChecked', 'apps/web/package.json', manifest({})],
  ['everyPackageIsChecked', 'packages/client/src/a.test.ts', ''],
  ['documentsNameWhatExists', 'docs/flow.md', '[the rule](rule.md)'],
  ['documentsNameWhatExists', 'README.md', 'in `packages/router/src/gone.ts`'],
  ['documentsNameWhatExists', 'README.md', 'in `packages/*/gone.ts`'],
  ['documentsQuoteTheCode', 'README.md', '<!-- from package.json -->\n```json\n{ "gone": 1 }\n```'],
  ['documentsQuoteTheCode', 'README.md', '<!-- from gone.ts -->\n```ts\nlet x\n```'],
  ['documentsRunScriptsThatExist', 'docs/flow.md', 'Run `npm run gone`.'],
  ['documentsRunScriptsThatExist', 'docs/flow.md', '```sh\nnpm run gone\n```'],
  [
    'testsSignUpThroughTheFactory',
    'apps/server/test/a.test.ts',
    "post(url, 'auth.signup', { username: 'ada', password })",
  ],
  [
    'testsSignUpThroughTheFactory',
    'apps/web/e2e/setup/a.ts',
    'api.auth.signup.mutate({ username, password })',
  ],
  ['commentsFitTheWidth', 'packages/router/src/a.ts', `export const a = 1 // ${'word '.repeat(20)}`],
  ['commentsFitTheWidth', 'packages/router/src/a.mjs', `/**\n * ${'word '.repeat(24)}\n */`],
  ['commentsFitTheWidth', 'apps/web/src/a.css', `/*\n${'word '.repeat(24)}\n*/`],
  ['constantsAreCamelCase', 'packages/router/src/a.ts', 'export const RETRIES = 3'],
  ['constantsAreCamelCase', 'tools/a.mjs', 'function a() {\n  const MAX_RETRIES = 3\n}'],
  ['documentsNameIdentifiersThatExist', 'docs/flow.md', 'The guard calls `gone()`.'],
  ['documentsNameIdentifiersThatExist', 'docs/decisions/0001-a.md', 'Fails with `NOTE_GONE`.'],
  ['documentsNameIdentifiersThatExist', 'README.md', 'It sets `ctx.changedUserIds`.'],
  ['lockfileNamesNoRegistry', 'pnpm-lock.yaml', 'resolution: {tarball: https://registry.example/x.tgz}'],
])('%s sees %s: %s', (rule, file, content) => {
  expect(problems({ [file]: content })).toContainEqual(expect.stringMatching(`^${rule}: `))
})

test('webFoldersHaveNoRing sees folders that import each other through a third one', () => {
  const ring = {
    'apps/web/src/app.ts': "import './pages/home.ts'",
    'apps/web/src/pages/home.ts': "import './a.css'\nimport '../shell/a.ts'",
    'apps/web/src/shell/a.ts': "import type { B } from '../auth/b.ts'\nimport '../theme/dark.ts'",
    'apps/web/src/auth/b.ts': "export const load = () => import('../session/inner/c.ts')",
    'apps/web/src/session/inner/c.ts': "export * from '../../shell/d.ts'",
  }
  const found = problems(ring).filter((problem) => problem.startsWith('webFoldersHaveNoRing'))
  expect(found).toEqual([expect.stringMatching(/: auth, session, shell$/)])
})
