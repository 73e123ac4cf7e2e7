import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { signupInput } from '@app/contract/testing'
import { testApp } from '@app/server/testing'
import type { TestApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { ownCommand } from '../src/own-command.ts'
import { remoteUser } from './remote/remote-run.ts'
import { binary, commandEnvironment } from './run-command.ts'

const password = 'correct horse battery'
const create = ['tokens', 'create', 'backup', '--scope', 'account:read']
const revoke = `${ownCommand()} tokens revoke`

async function logIn(app: TestApp, user: ReturnType<typeof remoteUser>): Promise<void> {
  await app.newClient().auth.signup.mutate(signupInput({ username: 'grace', password }))
  await user.run(['login', 'grace', '--server', app.url, '--password-stdin'], password)
}

/** Runs a command whose output cannot be written: to a full device, or to a pipe without a reader. */
async function runUnseen(
  words: string[],
  more: Record<string, string>,
  output: 'full device' | 'closed pipe',
) {
  const device = output === 'full device' ? openSync('/dev/full', 'w') : 'pipe'
  const env = { ...commandEnvironment(), ...more }
  const child = spawn(process.execPath, [binary, ...words], { env, stdio: ['ignore', device, 'pipe'] })
  if (typeof device === 'number') closeSync(device)
  child.stdout?.destroy()
  if (child.stderr === null) throw new Error('The command has no standard error.')
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
  return { code, stderr }
}

const outputs = [
  ['full device', 'no space left on device'],
  ['closed pipe', 'broken pipe'],
] as const

for (const [output, why] of outputs) {
  test.skipIf(output === 'full device' && !existsSync('/dev/full'))(
    `output to a ${output}: a line says so, and names the token that was not seen`,
    async () => {
      await using app = await testApp()
      using user = remoteUser()
      await logIn(app, user)
      const line = `Not all output was written: ${why}.`
      const created = await runUnseen(create, user.environment, output)
      const lines = created.stderr.trimEnd().split('\n')
      expect([created.code, lines.length]).toEqual([1, 2])
      const id = lines[0]?.split(`${revoke} `)[1] ?? ''
      expect(lines[1]).toContain(line)
      expect(await runUnseen([...create, '--json'], user.environment, output)).toEqual({
        code: 1,
        stderr: expect.stringMatching(new RegExp(`^${line} If the token was created.* ${revoke}\\.\n$`)),
      })
      expect(await runUnseen(['tokens', 'revoke', id], user.environment, output)).toEqual({
        code: 1,
        stderr: `${line} The command may have done its work.\n`,
      })
      expect((await user.run(['tokens', 'list'])).stdout).not.toContain(id)
    },
  )

  test.skipIf(output === 'full device' && !existsSync('/dev/full'))(
    `output to a ${output}: a command that changes nothing ${output === 'closed pipe' ? 'is silent' : 'says only why'}`,
    async () => {
      await using app = await testApp()
      using user = remoteUser()
      await logIn(app, user)
      const stderr = output === 'closed pipe' ? '' : `Not all output was written: ${why}.\n`
      for (const words of [
        ['--help'],
        [...create, '--help'],
        ['--version'],
        ['whoami'],
        ['tokens', 'list'],
      ]) {
        expect(await runUnseen(words, user.environment, output)).toEqual({ code: 1, stderr })
      }
    },
  )
}
