import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { product } from '@app/contract/product'
import { expect, onTestFinished, test } from 'vitest'
import { binary, commandEnvironment } from './run-command.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const source = path.join(root, 'apps/cli/src/own-command.ts')

function newFolder(prefix: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), prefix))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** Returns what the function of a source prints, in a process that first runs other lines. */
function ownCommandOf(file: string, first = ''): string {
  const program = `
    import { ownCommand } from ${JSON.stringify(pathToFileURL(file))}
    ${first}
    process.stdout.write(ownCommand())`
  const options = { env: commandEnvironment(), encoding: 'utf8' } as const
  return execFileSync(process.execPath, ['--input-type=module', '--eval', program], options)
}

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
  const folder = newFolder('closed-')
  chmodSync(folder, 0o700)
  const enter = `process.chdir(${JSON.stringify(folder)}); process.setgid(65534); process.setuid(65534)`
  expect(ownCommandOf(source, enter)).toMatch(/^node .*cli\.mjs'?$/)
})

test('own command: a shell runs it from a checkout whose path has spaces and quotes', () => {
  const cli = path.join(newFolder(`it's "my" $folder`), 'apps/cli')
  for (const folder of ['src', 'bin']) mkdirSync(path.join(cli, folder), { recursive: true })
  symlinkSync(path.join(root, 'apps/cli/node_modules'), path.join(cli, 'node_modules'))
  writeFileSync(path.join(cli, 'package.json'), '{ "type": "module" }')
  writeFileSync(path.join(cli, 'bin/cli.mjs'), "console.log('found')")
  const copy = path.join(cli, 'src/own-command.ts')
  copyFileSync(source, copy)
  expect(execFileSync('sh', ['-c', ownCommandOf(copy)], { encoding: 'utf8' })).toBe('found\n')
})

test('own command: in another folder, messages name a command that works there', () => {
  const step = nextStepIn(tmpdir())
  const help = execFileSync('sh', ['-c', step], { cwd: tmpdir(), encoding: 'utf8' })
  expect(help).toContain(`Usage: ${product.command} <command>`)
})
