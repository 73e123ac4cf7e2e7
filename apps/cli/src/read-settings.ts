import { readAccountSettings, readEnvironment, repositoryRoot, type AccountSettings } from '@latchkey/router'

import { CommandFailed } from './command.ts'

/** The settings that the server has too, so that both mean the same database and the same rules. */
export function readSettings(): AccountSettings {
  const { settings, problems } = readAccountSettings(readEnvironment(repositoryRoot, process.env))
  if (settings === null) throw new CommandFailed(problems.join('\n'))
  return settings
}
