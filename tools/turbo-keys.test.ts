import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../', import.meta.url))

interface Task {
  taskId: string
  hash: string
  inputs: Record<string, string>
  dependencies: string[]
}

interface Plan {
  tasks: Task[]
  /** What is part of the key of every suite. */
  globalCacheInputs: { hashOfInternalDependencies: string }
}

/** Asks turbo for the keys of all suites, and runs none. */
function plan(environment: Record<string, string> = {}): Plan {
  const { stdout } = spawnSync('turbo', ['run', 'test', 'test:e2e', '//#test:tools', '--dry=json'], {
    cwd: root,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  })
  return JSON.parse(stdout.slice(stdout.indexOf('{'))) as Plan
}

function keys(environment?: Record<string, string>): Map<string, Task> {
  return new Map(plan(environment).tasks.map((task) => [task.taskId, task]))
}

const browserTests = '@app/web#test:e2e'

test('the cache: a run without a browser or PostgreSQL never stands for one with it', () => {
  const without = keys({ E2E_BROWSER: 'none', TEST_POSTGRES: 'none' })
  const withBrowser = keys({ E2E_BROWSER: '/chromium', TEST_POSTGRES: 'none' })
  const withPostgres = keys({ E2E_BROWSER: 'none', TEST_POSTGRES: 'answers' })
  const hashes = (suite: string) => [without, withBrowser, withPostgres].map((all) => all.get(suite)?.hash)
  expect(new Set(hashes(browserTests)).size).toBe(3)
  for (const suite of ['@app/server#test', '@app/router#test', '@app/cli#test']) {
    const [one, other, third] = hashes(suite)
    expect([suite, one === other, one === third]).toEqual([suite, true, false])
  }
})

test('the cache: browser tests run again when the server, the router or the command changes, but not for their tests', () => {
  const inputs = Object.keys(keys().get(browserTests)?.inputs ?? {})
  expect(inputs).toEqual(
    expect.arrayContaining([
      'e2e/states.test.ts',
      'playwright.config.ts',
      '../server/src/main.ts',
      '../cli/src/run.ts',
      '../../packages/router/src/router.ts',
      '../../pnpm-lock.yaml',
    ]),
  )
  expect(inputs.filter((file) => /src\/.*\.test\.tsx?$/.test(file))).toEqual([])
})

test('the cache: tests run again when what they read elsewhere changes', () => {
  const all = keys()
  const inputsOf = (suite: string) => Object.keys(all.get(suite)?.inputs ?? {})
  expect(inputsOf('@app/server#test')).toEqual(
    expect.arrayContaining(['../../docs/operations.md', '../../docs/security.md', '../../.env.example']),
  )
  for (const suite of ['@app/cli#test', '@app/client-pack#test'])
    expect(inputsOf(suite)).toContain('../../package.json')
  // The list of planted faults quotes the code.
  expect(inputsOf('//#test:tools')).toEqual(
    expect.arrayContaining([
      'docs/asvs-faults.json',
      'apps/server/src/create-app.ts',
      'apps/web/src/app.tsx',
    ]),
  )
})

test('the cache: a component of the web app is no reason to test the server again', () => {
  const all = keys()
  const reached = new Set(['@app/server#test', '@app/cli#test', '@app/example-first-call#test'])
  for (const name of reached) for (const next of all.get(name)?.dependencies ?? []) reached.add(next)
  expect(reached).toContain('@app/router#sources')
  expect([...reached].filter((name) => name.startsWith('@app/web#'))).toEqual([])
})

// What the root depends on with `workspace:` is hashed into every key: the root reaches the command with
// `link:` instead.
test('the cache: no package is part of the key of every suite', () => {
  expect(plan().globalCacheInputs.hashOfInternalDependencies).toBe('')
})
