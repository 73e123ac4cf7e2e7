import { appendFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, isInstalled } from '@app/router/testing'
import { expect, test } from 'vitest'
import { dataFolder, startServer } from '../support/server-process.ts'

// The part of `npm run dev` that runs the server.

const program = fileURLToPath(new URL('../../dev/watch.ts', import.meta.url))
const groups = new URL('../support/process-group.ts', import.meta.url).href

/** A command that allows the program behind it to watch one folder. */
const withOneWatch = [
  'unshare',
  '--user',
  '--map-root-user',
  'sh',
  '-c',
  'echo 1 > /proc/sys/user/max_inotify_watches && exec "$@"',
  'sh',
]

test('npm run dev: the server ends when the process that restarts it is killed', async () => {
  using folder = dataFolder()
  await using watcher = startServer({ DATABASE_URL: folder.databaseUrl }, [], [program])
  const url = await watcher.url()
  watcher.child.kill('SIGKILL')
  // The output closes when the server has ended, too.
  await watcher.ended()
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})

test('npm run dev: an edit of the file to which .env links restarts the server, without DRAIN_DELAY', async () => {
  using folder = dataFolder()
  using linked = dataFolder()
  const [target, envFile] = [path.join(folder.path, 'settings'), path.join(linked.path, '.env')]
  writeFileSync(target, 'DRAIN_DELAY=5m\n', { mode: 0o600 })
  symlinkSync(target, envFile)
  const settings = { DATABASE_URL: folder.databaseUrl, ENV_FILE: envFile }
  await using watcher = startServer(settings, [], [program])
  await watcher.url()
  appendFileSync(target, '# edited\n')
  await watcher.until(/Restarting: \S+\.env changed\.[^]*ready on http/)
  expect(watcher.err()).not.toContain('is killed')
})

test.skipIf(!isInstalled('unshare'))(
  'npm run dev: reports that the system allows no more watches',
  async () => {
    using folder = dataFolder()
    await using watcher = startServer({ DATABASE_URL: folder.databaseUrl }, withOneWatch, [program])
    await watcher.url()
    await expect
      .poll(watcher.err)
      .toMatch(/do not restart the server: ENOSPC[^]*fs\.inotify\.max_user_watches/)
  },
)

test('npm run dev: what a test has started ends with the process of the test, also when that is killed', async () => {
  using folder = dataFolder()
  const port = String(await freePort())
  const starter = `const { startGroup } = await import(${JSON.stringify(groups)})
    startGroup([process.execPath, ${JSON.stringify(program)}], { env: process.env })`
  const settings = { DATABASE_URL: folder.databaseUrl, PORT: port }
  await using run = startServer(settings, [], ['--input-type=module', '--eval', starter])
  const status = () =>
    fetch(`http://localhost:${port}/livez`).then(
      (response) => response.status,
      () => null,
    )
  await expect.poll(status).toBe(200)
  run.child.kill('SIGKILL')
  await expect.poll(status).toBe(null)
})
