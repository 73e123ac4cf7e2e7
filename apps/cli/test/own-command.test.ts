import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { product } from '@app/contract/product'
import { expect, onTestFinished, test } from 'vitest'
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

test('own command: works in a folder that its user may not enter', ({ skip }) => {
  // Only root may become another user, and another user may not read the checkout everywhere.
  if (process.getuid?.() !== 0) skip('not root')
  const folder = mkdtempSync(path.join(tmpdir(), 'closed-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  chmodSync(folder, 0o700)
  const source = fileURLToPath(new URL('../src/own-command.ts', import.meta.url))
  const program = `
    import { ownCommand } from ${JSON.stringify(source)}
    process.chdir(${JSON.stringify(folder)})
    process.setgid(65534)
    process.setuid(65534)
    process.stdout.write(ownCommand())`
  const options = { env: commandEnvironment(), encoding: 'utf8' } as const
  const words = ['--input-type=module', '--eval', program]
  expect(execFileSync(process.execPath, words, options)).toMatch(/^node .*cli\.mjs'?$/)
})

test('own command: in another folder, messages name a command that works there', () => {
  const step = nextStepIn(tmpdir())
  const help = execFileSync('sh', ['-c', step], { cwd: tmpdir(), encoding: 'utf8' })
  expect(help).toContain(`Usage: ${product.command} <command>`)
})
