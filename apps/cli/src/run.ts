import { readFileSync } from 'node:fs'
import { CommandFailed, Interrupted, WrongUse } from './command.ts'
import type { Command } from './command.ts'
import { asksForHelp, findCommand } from './find-command.ts'
import { commandHelp, overallHelp, usageLine } from './help.ts'
import { ownCommand } from './own-command.ts'
import { shown } from './shown.ts'

/** Interrupted: 128 plus the number of the signal, as in shells. */
export type ExitCode = 0 | 1 | 2 | 130

/**
 * Runs the command that the words name. Results go to standard output, all other text to standard error. No
 * error shows a stack, or controls the terminal: a server or a user may have chosen parts of it.
 */
export async function run(commands: readonly Command[], given: string[]): Promise<ExitCode> {
  const words = given[0] === 'help' ? [...given.slice(1), '--help'] : given
  const command = findCommand(commands, words)
  if (command === undefined) return withoutCommand(commands, words)
  const args = words.slice(command.name.split(' ').length)
  if (asksForHelp(words)) {
    console.log(commandHelp(command))
    return 0
  }
  try {
    await command.run(args)
    return 0
  } catch (error) {
    return report(command, error)
  }
}

function withoutCommand(commands: readonly Command[], words: string[]): ExitCode {
  if (words[0] === '--version') {
    console.log(version())
    return 0
  }
  const [first] = words
  const group = commands.filter(({ name }) => name.startsWith(`${first} `))
  const help = overallHelp(group.length > 0 ? group : commands)
  if (asksForHelp(words)) {
    console.log(help)
    return 0
  }
  const isIncomplete = words.length === 0 || (words.length === 1 && group.length > 0)
  const ofGroup = group.length > 0 ? ` With ${first} begin: ${group.map(({ name }) => name).join(', ')}.` : ''
  console.error(
    isIncomplete ? help : `There is no such command.${ofGroup} To list all: ${ownCommand()} --help`,
  )
  return 2
}

async function report(command: Command, error: unknown): Promise<ExitCode> {
  if (error instanceof Interrupted) return 130
  if (error instanceof WrongUse) {
    console.error(shown(`${error.message}\n${usageLine(command)}`))
    return 2
  }
  const isNamed = error instanceof CommandFailed || (await isOfTheDatabase(error))
  const message = error instanceof Error ? error.message : String(error)
  console.error(shown(isNamed ? message : `Unexpected error: ${message}`))
  return 1
}

async function isOfTheDatabase(error: unknown): Promise<boolean> {
  const { DatabaseUnavailable, MigrationFailed, SchemaMismatch } = await import('@app/router')
  return [DatabaseUnavailable, MigrationFailed, SchemaMismatch].some((each) => error instanceof each)
}

function version(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
  )
  return String(Reflect.get(Object(manifest), 'version'))
}
