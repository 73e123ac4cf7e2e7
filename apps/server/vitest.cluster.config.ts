import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { vitestBase } from '../../tools/vitest-base.ts'
import { figuresReporter } from './test/cluster/figures-reporter.ts'
import { isWhole, missingForCluster } from './test/cluster/missing-for-cluster.ts'
import { filesLeftOut } from './test/cluster/proxied/files-left-out.ts'
import { skipsReporter } from './test/cluster/skips-reporter.ts'

// `npm run test:cluster`. Run alone, because other tests at the same time would slow it down.

/** All HTTP tests, except for those that `files-left-out.ts` and `left-out.ts` name. */
const leftOut = new Set(filesOf(Object.values(filesLeftOut).flat()))
const throughProxy = filesOf(['test/**/*.test.ts']).filter(
  (file) => !file.startsWith('test/cluster/') && !leftOut.has(file),
)
/** `npm test` has time for these. */
const short = filesOf([
  'test/sessions/{own-sessions,sessions}.test.ts',
  'test/users/{administration,roles}.test.ts',
])
// Projects add their files to those of the base.
const { include: _, ...base } = vitestBase
const canRun = (await missingForCluster()) === ''

export default defineConfig({
  test: {
    ...base,
    // A test has up to 40 connections to PostgreSQL, whose default is 100 for all.
    maxWorkers: 2,
    reporters: [...vitestBase.reporters, figuresReporter(), skipsReporter()],
    outputFile: { json: '.cache/cluster-report.json' },
    setupFiles: ['test/support/check-declared-failures.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'cluster',
          include: ['test/cluster/*.test.ts'],
          globalSetup: ['@app/router/testing/run-of-tests', './test/cluster/missing-for-cluster.ts'],
          // Their bounds are times.
          fileParallelism: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        resolve: {
          alias: [
            {
              find: /^(\.\.\/)+src\/testing\/test-app\.ts$/,
              replacement: fileURLToPath(new URL('test/cluster/proxied/test-app.ts', import.meta.url)),
            },
          ],
        },
        test: {
          name: 'through the proxy',
          include: canRun ? (isWhole ? throughProxy : short) : [],
          env: { ...vitestBase.env, TEST_BEHIND_PROXY: '1' },
          globalSetup: '@app/router/testing/run-of-tests',
          // The servers need the cores, too.
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})

/** @throws Error when a pattern, or one of its alternatives, has no file: it was renamed */
function filesOf(patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => {
    const [before = '', alternatives, after = ''] = pattern.split(/[{}]/)
    const each = alternatives?.split(',').map((name) => `${before}${name}${after}`) ?? [pattern]
    return each.flatMap((single) => {
      const files = globSync(single, { cwd: import.meta.dirname })
      if (files.length === 0) throw new Error(`No test file through the proxy: ${single}`)
      return files
    })
  })
}
