import { accountSettingNames, readAccountSettings, readEnvironment, repositoryRoot } from '@app/router'
import type { AccountSettings, Environment } from '@app/router'
import { CommandFailed } from './command.ts'

/** Reads the server's settings, so that both use the same database and the same rules. */
export function readSettings(): AccountSettings {
  return readEnvironmentAndSettings().settings
}

export function readEnvironmentAndSettings(): { environment: Environment; settings: AccountSettings } {
  const { environment, ...read } = readEnvironment(repositoryRoot, process.env, accountSettingNames)
  for (const warning of read.warnings) console.error(warning)
  const { settings, problems } = readAccountSettings(environment)
  if (settings === null || read.problems.length > 0) {
    throw new CommandFailed([...read.problems, ...problems].join('\n'))
  }
  return { environment, settings }
}
