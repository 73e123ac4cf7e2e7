import { execFileSync, spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { product } from '@app/contract/product'
import { expect, test } from 'vitest'
import { binary, commandEnvironment } from './run-command.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Returns the command line that the message of an unknown command ends with. */
function nextStepIn(cwd: string): string {
  const options = { cwd, env: commandEnvironment(), encoding: 'utf8' } as const
  const { stderr } = spawnSync(process.execPath, [binary, 'nonsense'], options)
  return /^There is no such command\. To list all: (.*)\n$/.exec(stderr)?.[1] ?? stderr
}

test('own command: messages name the command as it is run in the checkout', () => {
  expect(nextStepIn(root)).toBe(`node tools/pnpm.mjs exec ${product.command} --help`)
})

test('own command: in another folder, messages name a command that works there', () => {
  const step = nextStepIn(tmpdir())
  expect(step).toBe(`node ${binary} --help`)
  const help = execFileSync('sh', ['-c', step], { cwd: tmpdir(), encoding: 'utf8' })
  expect(help).toContain(`Usage: ${product.command} <command>`)
})
