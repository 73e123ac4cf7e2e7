import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

interface Plan {
  tasks: { taskId: string; hash: string; inputs: Record<string, string>; dependencies: string[] }[]
  /** Part of the cache key of every suite. */
  globalCacheInputs: { hashOfInternalDependencies: string }
}

/** Reads the cache keys of all suites from turbo, without running them. */
function plan(environment: Record<string, string>): Plan {
  const tasks = ['test', 'test:cluster', 'test:e2e', '//#test:tools']
  const { stdout } = spawnSync('turbo', ['run', ...tasks, '--dry=json'], {
    cwd: fileURLToPath(new URL('../', import.meta.url)),
    env: { ...process.env, ...environment },
    encoding: 'utf8',
    maxBuffer: Infinity,
  })
  return JSON.parse(stdout.slice(stdout.indexOf('{'))) as Plan
}

const without = plan({ E2E_BROWSER: 'none', TEST_POSTGRES: 'none' })
const browserTests = '@app/web#test:e2e'

function taskOf(suite: string, { tasks } = without) {
  return tasks.find(({ taskId }) => taskId === suite) ?? { hash: '', inputs: {}, dependencies: [] }
}

test('cache keys: a run without a browser or PostgreSQL is not reused for a run with it', () => {
  const withBrowser = plan({ E2E_BROWSER: '/chromium', TEST_POSTGRES: 'none' })
  const withPostgres = plan({ E2E_BROWSER: 'none', TEST_POSTGRES: 'answers' })
  const hashes = (suite: string) =>
    [without, withBrowser, withPostgres].map((each) => taskOf(suite, each).hash)
  expect(new Set(hashes(browserTests)).size).toBe(3)
  for (const suite of ['@app/server#test', '@app/router#test', '@app/cli#test']) {
    const [one, other, third] = hashes(suite)
    expect([suite, one === other, one === third]).toEqual([suite, true, false])
  }
})

test('cache keys: a run without a program is not reused for a run with it', () => {
  const withNginx = plan({ E2E_BROWSER: 'none', TEST_POSTGRES: 'none', TEST_PROGRAMS: 'nginx' })
  for (const suite of ['@app/server#test', '@app/server#test:cluster', '@app/router#test', '@app/cli#test']) {
    expect([suite, taskOf(suite, withNginx).hash]).not.toEqual([suite, taskOf(suite).hash])
  }
})

test('cache keys: a run with one browser is not reused for a run with another', () => {
  const withOther = plan({ E2E_BROWSER: 'none', TEST_POSTGRES: 'none', CHROMIUM_PATH: '/other' })
  for (const suite of ['@app/cli#test', browserTests])
    expect([suite, taskOf(suite, withOther).hash]).not.toEqual([suite, taskOf(suite).hash])
})

test.each([
  [
    browserTests,
    ['e2e/states.test.ts', 'playwright.config.ts', '../server/src/main.ts', '../cli/src/run.ts'],
  ],
  [browserTests, ['../../packages/router/src/router.ts', '../../pnpm-lock.yaml']],
  ['@app/server#test', ['operations', 'security', 'tokens'].map((name) => `../../docs/${name}.md`)],
  ['@app/server#test', ['../../.env.example', '../../.gitignore']],
  // What `npm run dev` starts.
  ['@app/server#test', ['../../turbo.json', 'dev/run.ts', 'dev/watch.ts']],
  ['@app/server#test', ['../web/index.html', '../web/package.json', '../web/tsconfig.json']],
  ['@app/server#test', ['../web/vite.config.ts', '../web/build/api-proxy.ts']],
  ['@app/server#test', ['../../deploy/compose.yaml', '../../deploy/monitoring/alerts.yaml']],
  ['@app/cli#test', ['../../package.json', '../../docs/cli.md', '../../docs/operations.md']],
  ['@app/client-pack#test', ['../../package.json']],
  ['//#test:tools', ['.oxlintrc.json', 'apps/web/turbo.json']],
])('cache keys: %s runs again when %j change', (suite, files) => {
  expect(Object.keys(taskOf(suite).inputs)).toEqual(expect.arrayContaining(files))
})

test('cache keys: the bundle of the server is built before the browser tests start it', () => {
  expect(taskOf(browserTests).dependencies).toContain('@app/server#build')
})

test('cache keys: tests of the cluster and other tests of the server do not change the keys of each other', () => {
  const testsOf = (suite: string) =>
    Object.keys(taskOf(suite).inputs).filter((file) => file.endsWith('.test.ts'))
  const cluster = 'test/cluster/cluster.test.ts'
  expect(testsOf('@app/server#test:cluster')).toContain(cluster)
  expect(testsOf('@app/server#test:cluster')).toContain('test/sessions/sessions.test.ts')
  expect(testsOf('@app/server#test:cluster')).not.toContain('test/account/account.test.ts')
  expect(testsOf('@app/server#test')).toContain('test/account/account.test.ts')
  expect(testsOf('@app/server#test')).not.toContain(cluster)
  // The cluster shares these files with them.
  expect(Object.keys(taskOf('@app/server#test:cluster').inputs)).toEqual(
    expect.arrayContaining(['test/support/valid-inputs.ts', 'test/cluster/load.ts', 'vitest.config.ts']),
  )
})

test('cache keys: unit tests and pages do not change the keys of other suites', () => {
  expect(
    Object.keys(taskOf(browserTests).inputs).filter((file) => /src\/.*\.test\.tsx?$/.test(file)),
  ).toEqual([])
  const suites = ['@app/server#test', '@app/cli#test', '@app/bench#test', '@app/example-first-call#test']
  for (const suite of suites) {
    const pages = Object.keys(taskOf(suite).inputs).filter((file) => file.startsWith('../web/src/'))
    expect([suite, ...pages]).toEqual([suite])
  }
  const reached = new Set(suites)
  for (const name of reached) for (const next of taskOf(name).dependencies) reached.add(next)
  expect(reached).toContain('@app/router#sources')
  expect([...reached].filter((name) => name.startsWith('@app/web#'))).toEqual([])
  // What the root depends on with `workspace:` is hashed into every key: it has the command with `link:`.
  expect(without.globalCacheInputs.hashOfInternalDependencies).toBe('')
})
