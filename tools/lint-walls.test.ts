import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { plantTree } from './planted-tree.ts'

// Each line breaks one wall of .oxlintrc.json: without this file nobody would notice a pattern that matches
// nothing.
const imports = 'no-restricted-imports'
const broken: [file: string, rule: string, source: string][] = [
  ['packages/contract/src/a.ts', imports, "import 'node:fs'"],
  ['packages/contract/src/b.ts', imports, "import type { x } from '@app/router'"],
  ['packages/contract/src/c.ts', 'no-restricted-globals', 'export const pid = process.pid'],
  ['packages/contract/src/d.ts', imports, "import { z } from 'zod'\nexport const x = z"],
  ['packages/contract/src/failures.ts', imports, "import * as z from 'zod/mini'\nexport const x = z"],
  ['packages/contract/src/limits.ts', imports, "import { x } from './x.ts'\nexport const y = x"],
  ['packages/contract/src/x/failures.ts', imports, "import { x } from './x.ts'\nexport const y = x"],
  ['packages/contract/src/x/limits.ts', imports, "import * as z from 'zod/mini'\nexport const x = z"],
  ['packages/contract/src/roles.ts', imports, "import * as z from 'zod/mini'\nexport const x = z"],
  ['packages/router/src/a.ts', imports, "import { x } from '@app/client'\nexport const y = x"],
  ['packages/router/src/b.ts', imports, "import { initTRPC } from '@trpc/server'\nexport const t = initTRPC"],
  [
    'packages/router/src/features/x/procedures.ts',
    imports,
    "import { sql } from 'kysely'\nexport const y = sql",
  ],
  [
    'packages/router/src/features/x/rule.ts',
    'no-restricted-properties',
    "export const y = (db: { selectFrom: (t: string) => void }) => { db.selectFrom('users') }",
  ],
  ['packages/router/src/features/x/store.ts', imports, "import '@app/server'"],
  ['packages/router/src/trpc.ts', imports, "import { sql } from 'kysely'\nexport const y = sql"],
  [
    'packages/client/src/a.ts',
    imports,
    "import { createRouter } from '@app/router'\nexport const y = createRouter",
  ],
  [
    'packages/client/src/b.ts',
    imports,
    "import { readFile } from 'node:fs/promises'\nexport const y = readFile",
  ],
  [
    'packages/client/src/c.ts',
    imports,
    "import { CookieJar } from 'tough-cookie'\nexport const y = CookieJar",
  ],
  ['packages/client/src/d.ts', 'no-restricted-globals', 'export const pid = process.pid'],
  [
    'packages/client/src/node.ts',
    imports,
    "import { createRouter } from '@app/router'\nexport const y = createRouter",
  ],
  [
    'apps/server/src/a.ts',
    imports,
    "import { createClient } from '@app/client'\nexport const y = createClient",
  ],
  ['apps/server/src/b.ts', imports, "import { sql } from 'kysely'\nexport const y = sql"],
  ['apps/server/src/c.ts', imports, "import bcrypt from 'bcrypt'\nexport const y = bcrypt"],
  ['apps/server/src/d.ts', imports, "import jwt from 'jsonwebtoken'\nexport const y = jwt"],
  ['apps/web/src/a.tsx', imports, "import type { AppRouter } from '@app/router'\nexport type Y = AppRouter"],
  ['apps/web/src/b.tsx', imports, "import { x } from '@app/client/node'\nexport const y = x"],
  ['apps/web/src/c.tsx', imports, "import { x } from '@trpc/server'\nexport const y = x"],
  ['apps/web/src/zod.ts', imports, "import { z } from 'zod'\nexport const y = z"],
  ['apps/web/src/d.tsx', 'no-restricted-globals', 'export const pid = process.pid'],
  [
    'apps/web/src/danger.tsx',
    'no-danger',
    "export const y = <p dangerouslySetInnerHTML={{ __html: 'x' }} />",
  ],
  ['apps/web/src/form.tsx', 'forbid-elements', 'export const y = <form />'],
  [
    'apps/web/src/base-form.tsx',
    'forbid-elements',
    "import { Form } from '@base-ui/react/form'\nexport const y = <Form />",
  ],
  ['packages/router/src/eval.ts', 'no-eval', "export const y: unknown = eval('1')"],
  ['apps/web/e2e/a.test.ts', imports, "import { x } from '@app/router'\nexport const y = x"],
  ['apps/cli/src/a.ts', imports, "import { x } from '@app/server'\nexport const y = x"],
  ['apps/cli/src/b.ts', imports, "import Database from 'better-sqlite3'\nexport const y = Database"],
  ['examples/x/src/a.ts', imports, "import { x } from '@app/contract'\nexport const y = x"],
  ['examples/x/src/b.ts', imports, "import type { AppRouter } from '@app/router'\nexport type Y = AppRouter"],
  ['packages/router/src/PascalCase.ts', 'filename-case', 'export const y = 1'],
  ['packages/router/src/default.ts', 'no-default-export', 'export default 1'],
  ['packages/router/src/any.ts', 'no-explicit-any', 'export const y = (x: any) => String(x)'],
  [
    'packages/router/src/bang.ts',
    'no-non-null-assertion',
    'export const y = (x: string | null) => x!.length',
  ],
  ['packages/router/src/loose.ts', 'eqeqeq', 'export const y = (x: unknown) => x == 1'],
  ['packages/router/src/console.ts', 'no-console', "console.log('x')"],
  ['packages/router/src/long.ts', 'max-lines', 'export const y = 1\n' + '\n'.repeat(250)],
  [
    'packages/router/src/type.ts',
    'consistent-type-imports',
    "import { Y } from './y.ts'\nexport const z = (y: Y) => y",
  ],
  [
    'packages/router/src/cycle-a.ts',
    'no-cycle',
    "import type { B } from './cycle-b.ts'\nexport type A = B[]",
  ],
  [
    'packages/router/src/cycle-b.ts',
    'no-cycle',
    "import type { A } from './cycle-a.ts'\nexport type B = A[]",
  ],
  [
    'packages/router/src/floating.ts',
    'no-floating-promises',
    'export const y = () => { Promise.resolve(1) }',
  ],
  [
    'packages/router/src/misused.ts',
    'no-misused-promises',
    'export const y = (p: Promise<boolean>) => { if (p) return 1; else return 2 }',
  ],
  [
    'packages/router/src/focused.test.ts',
    'no-focused-tests',
    "import { test } from 'vitest'\ntest.only('x', () => {})",
  ],
  ['apps/web/src/alt.tsx', 'alt-text', 'export const y = <img src="x" />'],
  [
    'apps/web/src/hooks.tsx',
    'rules-of-hooks',
    "import { useState } from 'react'\nexport function Y(p: { on: boolean }) { if (p.on) useState(1); return null }",
  ],
]

// The same walls let the wanted imports through.
const sound: [file: string, source: string][] = [
  ['packages/contract/src/x.ts', "import * as z from 'zod/mini'\nexport const x = z"],
  ['packages/contract/src/failure-text.ts', "import { x } from './x/failures.ts'\nexport const y = x"],
  ['packages/contract/src/y/limits.ts', "import { x } from '../limits.ts'\nexport const y = x"],
  [
    'packages/contract/src/a.test.ts',
    "import { readFileSync } from 'node:fs'\nexport const y = readFileSync",
  ],
  ['packages/router/src/features/y/store.ts', "import { sql } from 'kysely'\nexport const y = sql"],
  [
    'packages/router/src/features/y/procedures.ts',
    "import type { Kysely } from 'kysely'\nexport type Y = Kysely<object>",
  ],
  ['packages/router/src/db/open.ts', "import { Kysely } from 'kysely'\nexport const y = Kysely"],
  ['packages/client/src/e.ts', "import type { AppRouter } from '@app/router'\nexport type Y = AppRouter"],
  ['packages/client/src/node/jar.ts', "import { CookieJar } from 'tough-cookie'\nexport const y = CookieJar"],
  ['apps/server/src/e.ts', "import { createRouter } from '@app/router'\nexport const y = createRouter"],
  ['apps/server/src/e.test.ts', "import { createClient } from '@app/client'\nexport const y = createClient"],
  ['apps/web/src/e.tsx', "import { createClient } from '@app/client'\nexport const y = createClient"],
  ['apps/web/src/f.tsx', "import { failures } from '@app/contract/failures'\nexport const y = failures"],
  ['apps/cli/src/e.ts', "import { createClient } from '@app/client/node'\nexport const y = createClient"],
  ['examples/x/src/e.ts', "import { createClient } from '@app/client'\nexport const y = createClient"],
]

const root = fileURLToPath(new URL('../', import.meta.url))

function lint(): { file: string; rule: string }[] {
  using tree = plantTree({
    '.oxlintrc.json': readFileSync(`${root}.oxlintrc.json`, 'utf8'),
    'tsconfig.json': JSON.stringify({ compilerOptions: { strict: true, jsx: 'react-jsx', types: [] } }),
    ...Object.fromEntries(broken.map(([file, , source]) => [file, `${source}\n`])),
    ...Object.fromEntries(sound.map(([file, source]) => [file, `${source}\n`])),
  })
  const { stdout } = spawnSync(`${root}node_modules/.bin/oxlint`, ['--format=json'], {
    cwd: tree.root,
    encoding: 'utf8',
  })
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string; code: string }[] }
  return diagnostics.map(({ filename, code }) => ({
    file: filename,
    rule: /\((.+)\)/.exec(code)?.[1] ?? code,
  }))
}

const found = lint()

test.each(broken)('%s breaks %s', (file, rule) => {
  expect(found).toContainEqual({ file, rule })
})

test.each(sound)('%s is let through', (file) => {
  expect(
    found.filter((problem) => problem.file === file && problem.rule.startsWith('no-restricted')),
  ).toEqual([])
})
