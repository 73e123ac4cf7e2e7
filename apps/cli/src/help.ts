import { product } from '@app/contract/product'
import type { Command } from './command.ts'

export function usageLine({ name, parameters }: Command): string {
  return `Usage: ${product.command} ${name} ${parameters}`.trimEnd()
}

export function commandHelp(command: Command): string {
  return `${usageLine(command)}\n\n${command.summary}\n\n${command.details}`
}

export function overallHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return `Usage: ${product.command} <command>

Commands:
${lines.join('\n')}

Options:
  --help     Show this, or how to use a command: ${product.command} <command> --help
  --version  Show the version.

Settings are read from the environment and from .env in the folder of the repository.`
}
