import {
  accountSettingNames,
  addressSettings,
  exposureReasons,
  publicUrlOf,
  readAccountSettings,
  readEnvironment,
  readSettings as readShape,
  repositoryRoot,
} from '@app/router'
import type { AccountSettings } from '@app/router'
import { CommandFailed } from './command.ts'

interface ServerSettings {
  accounts: AccountSettings
  /** The origin of links. */
  publicUrl: string
  /** The settings by which other machines can reach the server; empty when only this machine can. */
  exposedBy: string[]
}

interface ServerReading {
  /** Null when a value is wrong. */
  settings: ServerSettings | null
  problems: string[]
  warnings: string[]
}

/**
 * Reads the settings of the server, so that both use the same database, the same rules and the same links.
 * @throws CommandFailed
 */
export function readSettings(): ServerSettings {
  const { settings, problems, warnings } = readServerSettings(process.env)
  for (const warning of warnings) console.error(warning)
  if (settings === null || problems.length > 0) throw new CommandFailed(problems.join('\n'))
  return settings
}

/** Reads the settings of the server, and what is wrong with them and their file. */
export function readServerSettings(variables: NodeJS.ProcessEnv): ServerReading {
  const names = [...accountSettingNames, ...Object.keys(addressSettings)]
  const { environment, warnings, ...read } = readEnvironment(repositoryRoot, variables, names)
  const account = readAccountSettings(environment)
  const addresses = readShape(addressSettings, environment)
  const problems = [...read.problems, ...addresses.problems, ...account.problems]
  if (account.settings === null || addresses.values === null) return { settings: null, problems, warnings }
  const { HOST: host, PORT: port, PUBLIC_URL: publicUrl, TRUST_PROXY: trustProxy } = addresses.values
  const settings = {
    accounts: account.settings,
    publicUrl: publicUrlOf({ publicUrl }, port),
    exposedBy: exposureReasons({ host, publicUrl, trustProxy }),
  }
  return { settings, problems, warnings }
}
