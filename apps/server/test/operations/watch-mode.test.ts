import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createClient } from '@app/client'
import { signupInput } from '@app/contract/testing'
import { expect, onTestFinished, test } from 'vitest'
import { dataFolder, mainProgram, startServer } from '../support/server-process.ts'
import type { ServerProcess } from '../support/server-process.ts'

/** Writes a program that runs the server and that the test can edit. */
function editableProgram(): { file: string; edit: (edition: string) => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'app-watch-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'program.mjs')
  const edit = (edition: string) =>
    writeFileSync(file, `console.log('${edition}')\nawait import('${pathToFileURL(mainProgram).href}')\n`)
  edit('first edition')
  return { file, edit }
}

async function stop(server: ServerProcess): Promise<void> {
  server.child.kill('SIGTERM')
  await server.ended()
}

// `npm run dev` watches folders instead. Owners may run the server under `node --watch`, which posts messages
// to the workers that they must ignore.
test('watch mode: a server under node --watch works before and after an edit', async () => {
  using folder = dataFolder()
  const program = editableProgram()
  await using server = startServer({ DATABASE_URL: folder.databaseUrl }, [], ['--watch', program.file])
  // A killed watcher would leave its server running.
  await using _stopped = { [Symbol.asyncDispose]: () => stop(server) }
  const credentials = { username: 'ada', password: 'correct horse battery' }
  const first = createClient(await server.url())
  expect(await first.auth.signup.mutate(signupInput(credentials))).toMatchObject({ status: 'signed-in' })
  expect(await first.auth.login.mutate(credentials)).toMatchObject({ status: 'signed-in' })

  program.edit('second edition')
  const [, url = ''] = await server.until(/second edition\n[^]*ready on (http:\S+)\n/)
  const second = createClient(url.replace('localhost', '127.0.0.1'))
  expect(await second.auth.login.mutate(credentials)).toMatchObject({ status: 'signed-in' })
  expect(await second.account.updateProfile.mutate({ name: 'After the edit' })).toMatchObject({
    name: 'After the edit',
  })
  expect(server.err()).toBe('')
})
