import { expect, test } from 'vitest'
import { runCommand, runProcess } from './run-command.ts'

test.each([
  ['no command', [], /^Usage: \S+ <command>\n/],
  ['half a command', ['admin'], /^Usage: \S+ <command>\n/],
  ['an unknown command', ['frobnicate'], /^There is no such command\. To list all: .* --help\n$/],
  [
    'a mistyped command',
    ['admin', 'crate', 'swordfish'],
    /^There is no such command\. With admin begin: admin create, admin unlock\. To list all: /,
  ],
  ['no user name', ['admin', 'create'], /^The user name is missing\.\nUsage: \S+ admin create <username>/],
  ['no address', ['mail', 'test'], /^The address is missing\.\nUsage: \S+ mail test <address>\n/],
  ['too many words', ['admin', 'create', 'ada', 'swordfish'], /^There are too many arguments\.\nUsage: /],
  [
    'an unknown option',
    ['admin', 'create', 'ada', '--password=swordfish'],
    /^Unknown option '--password'\.\n/,
  ],
  [
    'a value too much',
    ['admin', 'create', 'ada', '--password-stdin=swordfish'],
    /^Option '--password-stdin' /,
  ],
  ['an option with a control', ['migrate', '--\u009B31m\u202E'], /^Unknown option '--\?31m\?'\.\n/],
  ['no terminal to ask on', ['migrate', '--yes'], /^Unknown option '--yes'\.\nUsage: \S+ migrate\n$/],
])('usage: %s exits with 2', async (_, words, stderr) => {
  const ended = await runCommand(words)
  expect(ended).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(stderr) })
  expect(ended.stderr).not.toContain('swordfish')
})

test.each([
  [['--help'], /^Usage: \S+ <command>\n[^]*admin create[^]*migrate/],
  [['-h'], /^Usage: \S+ <command>\n/],
  [['help'], /^Usage: \S+ <command>\n[^]*admin create[^]*migrate/],
  [['help', 'migrate'], /^Usage: \S+ migrate\n/],
  [['admin', '--help'], /^Usage: \S+ <command>\n[^]*admin create/],
  [
    ['admin', 'create', '--help'],
    /^Usage: \S+ admin create <username> \[--password-stdin\] \[--reuse-name\]\n/,
  ],
  [['admin', 'create', 'ada', '-h'], /^Usage: \S+ admin create /],
  [['migrate', '--help'], /^Usage: \S+ migrate\n/],
  [['whoami', '--help'], /^Usage: \S+ whoami[^]*Exit codes: 0 .* 130 interrupted\.\n$/],
  [['--version'], /^\d+\.\d+\.\d+\n$/],
])('usage: %j needs no database', async (words, stdout) => {
  expect(await runCommand(words)).toEqual({ code: 0, stdout: expect.stringMatching(stdout), stderr: '' })
})

/** A module that prints each loaded module of our packages, except the names of the product, as an error. */
const nameModules = `
import { registerHooks } from 'node:module'
registerHooks({
  load(url, context, next) {
    if (/\\/packages\\/(?!contract\\/src\\/(product|command-lines)\\.ts$)/.test(url)) console.error(url)
    return next(url, context)
  },
})`

test.each([
  ['help', ['migrate', '--help'], 0, /^$/],
  ['wrong use', ['admin', 'create'], 2, /^The user name is missing\.\nUsage: .*\n$/],
  ['a command', ['migrate'], 1, /packages\/router\/src\/index\.ts/],
  [
    'a call of a server',
    ['whoami', '--server', 'http://127.0.0.1:2'],
    1,
    /^(?![^]*packages\/router)[^]*packages\/client\/src\/node\.ts/,
  ],
])('usage: %s loads only the modules that it needs', async (_, words, code, stderr) => {
  const nodeOptions = `--import data:text/javascript,${encodeURIComponent(nameModules)}`
  const ended = await runProcess(words, {
    url: 'file:/dev/null/app.db',
    environment: { NODE_OPTIONS: nodeOptions },
  })
  expect(ended).toMatchObject({ code, stderr: expect.stringMatching(stderr) })
})
