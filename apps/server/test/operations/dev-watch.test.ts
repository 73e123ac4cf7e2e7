import { fileURLToPath } from 'node:url'
import { freePort } from '@app/router/testing'
import { expect, test } from 'vitest'
import { dataFolder, startServer } from '../support/server-process.ts'

// The part of `npm run dev` that runs the server.

const program = fileURLToPath(new URL('../../dev/watch.ts', import.meta.url))
const groups = new URL('../support/process-group.ts', import.meta.url).href

test('npm run dev: the server ends when the process that restarts it is killed', async () => {
  using folder = dataFolder()
  await using watcher = startServer({ DATABASE_URL: folder.databaseUrl }, [], [program])
  const url = await watcher.url()
  watcher.child.kill('SIGKILL')
  // The output closes when the server has ended, too.
  await watcher.ended()
  await expect(fetch(url)).rejects.toThrow('fetch failed')
})

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
