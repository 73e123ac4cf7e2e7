import { isLoopback } from '@app/router'
import type { AccountSettings } from '@app/router'
import { CommandFailed } from './command.ts'
import { readSettings } from './read-settings.ts'

/**
 * Reads the settings for a command that deletes data or creates accounts whose password is printed.
 * @throws CommandFailed when other machines can reach the server or its database
 */
export function readDevelopmentSettings(): AccountSettings {
  const { accounts: settings, exposedBy } = readSettings()
  const reasons = [...exposedBy, ...databaseReasons(settings.databaseUrl)]
  if (reasons.length === 0) return settings
  throw new CommandFailed(
    `This command is for development, and other machines can reach this server or its database (${reasons.join(', ')}).`,
  )
}

function databaseReasons(url: string): string[] {
  if (url.startsWith('file:')) return []
  const { hostname, searchParams } = new URL(url)
  // `?host=` is a folder with a socket, or another host name.
  const hosts = [hostname, searchParams.get('host') ?? ''].filter(
    (host) => host !== '' && !host.startsWith('/'),
  )
  return hosts.filter((host) => !isLoopback(host)).map((host) => `DATABASE_URL is on ${host}`)
}
