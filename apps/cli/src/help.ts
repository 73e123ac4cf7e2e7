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
  const linesOf = (some: readonly Command[]) =>
    some.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  const sections = [
    { title: 'Commands for the installation beside it:', some: commands.filter((each) => !each.callsServer) },
    { title: 'Commands that call any server:', some: commands.filter((each) => each.callsServer) },
  ].filter(({ some }) => some.length > 0)
  return `Usage: ${product.command} <command>

${sections.map(({ title, some }) => [title, ...linesOf(some)].join('\n')).join('\n\n')}

Options:
  --help     Show this help, or the help of one command: ${product.command} <command> --help
  --version  Show the version.

Settings are read from the environment and from .env in the folder of the repository.`
}
