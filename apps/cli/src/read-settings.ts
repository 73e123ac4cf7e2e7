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

/**
 * Reads the settings of the server, so that both use the same database, the same rules and the same links.
 * @throws CommandFailed
 */
export function readSettings(): ServerSettings {
  const names = [...accountSettingNames, ...Object.keys(addressSettings)]
  const { environment, ...read } = readEnvironment(repositoryRoot, process.env, names)
  for (const warning of read.warnings) console.error(warning)
  const account = readAccountSettings(environment)
  const addresses = readShape(addressSettings, environment)
  const problems = [...read.problems, ...addresses.problems, ...account.problems]
  if (account.settings === null || addresses.values === null || problems.length > 0) {
    throw new CommandFailed(problems.join('\n'))
  }
  const { HOST: host, PORT: port, PUBLIC_URL: publicUrl, TRUST_PROXY: trustProxy } = addresses.values
  return {
    accounts: account.settings,
    publicUrl: publicUrlOf({ publicUrl }, port),
    exposedBy: exposureReasons({ host, publicUrl, trustProxy }),
  }
}
