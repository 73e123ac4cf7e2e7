import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { product } from '@app/contract/product'
import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { runningApp } from './doctor/running-app.ts'
import { remoteUser } from './remote/remote-run.ts'
import { binary, commandEnvironment } from './run-command.ts'

const document = readFileSync(new URL('../../../docs/cli.md', import.meta.url), 'utf8')
const listings = [...document.matchAll(/^```sh[^\n]*\n(.*?)^```$/gms)].map(([, listing = '']) => listing)
const run = promisify(execFile)

test('docs/cli.md: every example works, one after the other', async () => {
  await using app = await runningApp()
  using user = remoteUser()
  const password = 'correct horse battery'
  await app.newClient().auth.signup.mutate(signupInput({ username: 'grace', password }))
  writeFileSync(path.join(user.stateHome, 'password.txt'), `${password}\n`)
  writeFileSync(path.join(user.stateHome, 'keys.txt'), 'under the mat\n')
  const script = [
    'set -euo pipefail',
    `${product.command}() { '${process.execPath}' '${binary}' "$@"; }`,
    ...listings,
  ].join('\n')
  const { stdout } = await run('bash', ['-c', script.replaceAll('https://accounts.example.org', app.url)], {
    cwd: user.stateHome,
    env: { ...commandEnvironment(), ...user.environment },
  })
  expect(stdout).toContain(`Logged in to ${app.url} as grace.`)
  expect(stdout).toContain('"name":"Grace Hopper"')
  expect(stdout).toMatch(/^ok {7}cookie/m)
  expect(JSON.parse(readFileSync(path.join(user.stateHome, 'export.json'), 'utf8'))).toMatchObject({
    profile: { username: 'grace' },
  })
})
