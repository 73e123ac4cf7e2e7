import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'

/** The browser of tests that need any Chromium. */
export const chromiumProgram = process.env['CHROMIUM_PATH'] || 'chromium'

/**
 * A command that runs the program behind it in a network where the buffers of a connection take some 50 KB,
 * as those of a distant client may. Between programs of one machine they take 4 MB: a server never sees that
 * its client does not read.
 */
export const withSmallBuffers = [
  'unshare',
  '--user',
  '--map-root-user',
  '--net',
  'sh',
  '-c',
  `ip link set lo up &&
  echo 4096 4096 16384 > /proc/sys/net/ipv4/tcp_wmem &&
  echo 4096 4096 16384 > /proc/sys/net/ipv4/tcp_rmem && exec "$@"`,
  'sh',
] as const

/**
 * Returns a command that runs the program behind it as another user, for programs that refuse to run as root.
 * Empty unless this process runs as root.
 */
function insteadOfRoot(user: string): readonly string[] {
  if (process.getuid?.() !== 0) return []
  return ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--']
}

export const asPostgres = insteadOfRoot('postgres')
export const asPgBouncer = insteadOfRoot('65534')

// Debian keeps the programs of each version in a folder that is not on the path.
const postgresFolder = globSync('/usr/lib/postgresql/*/bin').toSorted().at(-1) ?? ''

/** The server of PostgreSQL, and the program that creates its data. */
export const postgresPrograms = {
  initdb: join(postgresFolder, 'initdb'),
  postgres: join(postgresFolder, 'postgres'),
} as const

/**
 * Programs that tests use where they are installed, and what the system allows them, each with a command that
 * does nothing. Where it fails, the tests are skipped.
 */
const attempts = {
  chromium: [chromiumProgram, '--version'],
  haproxy: ['haproxy', '-v'],
  initdb: [...asPostgres, postgresPrograms.initdb, '--version'],
  nginx: ['nginx', '-v'],
  oathtool: ['oathtool', '--version'],
  openssl: ['openssl', 'version'],
  pgbouncer: [...asPgBouncer, 'pgbouncer', '--version'],
  prlimit: ['prlimit', '--version'],
  promtool: ['promtool', '--version'],
  'redis-server': ['redis-server', '--version'],
  // Only the `script` of util-linux takes a command and returns its exit code.
  script: ['script', '-qec', 'setsid -w true', '/dev/null'],
  'small-buffers': [...withSmallBuffers, 'true'],
  // Offline ratings began with version 250.
  'systemd-analyze': ['systemd-analyze', '--offline=true', '--version'],
  // In a user namespace, where the system allows one, every user can mount. The mount ends with the program.
  unshare: ['unshare', '--user', '--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/tmp'],
} as const satisfies Record<string, readonly string[]>

export type OptionalProgram = keyof typeof attempts

export function isInstalled(name: OptionalProgram): boolean {
  const [program = '', ...args] = attempts[name]
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}

/** Returns the names of the installed ones: a part of the cache keys of suites. */
export function installedPrograms(): string {
  // Sound: the keys of the object.
  return (Object.keys(attempts) as OptionalProgram[]).filter(isInstalled).join()
}
