import type { ParseArgsOptionsConfig } from 'node:util'
import type { Command } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'
import { remoteHelp, remoteOptions } from './remote-options.ts'
import type { Remote } from './remote.ts'

interface Definition<O extends ParseArgsOptionsConfig> extends Pick<
  Command,
  'name' | 'parameters' | 'summary' | 'details' | 'unseen'
> {
  /** Besides those of every command that calls a server. */
  options?: O
  positionals?: readonly string[]
  optionalPositionals?: readonly string[]
  /**
   * Checks the arguments, and returns what to do with the server.
   * @throws WrongUse
   */
  run(given: Given<O>): (remote: Remote) => Promise<void>
}

type Given<O extends ParseArgsOptionsConfig> = ReturnType<typeof parseArguments<typeof remoteOptions & O>>

/** Makes a command that calls a server as a user. */
export function remoteCommand<const O extends ParseArgsOptionsConfig>(definition: Definition<O>): Command {
  const { options, positionals = [], optionalPositionals = [], run, ...described } = definition
  return {
    ...described,
    callsServer: true,
    details: `${described.details}\n\n${remoteHelp}`,
    async run(args) {
      const all = { ...remoteOptions, ...options } as typeof remoteOptions & O
      const given = parseArguments(args, { options: all, positionals, optionalPositionals })
      const work = run(given)
      const { withRemote } = await import('./connect.ts')
      await withRemote(given.values, work)
    },
  }
}
