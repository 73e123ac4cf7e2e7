import { spawnSync } from 'node:child_process'

/**
 * Programs that tests use where they are installed, each with arguments with which it does nothing. Where it
 * fails, the tests are skipped.
 */
const attempts = {
  chromium: ['--version'],
  haproxy: ['-v'],
  nginx: ['-v'],
  oathtool: ['--version'],
  openssl: ['version'],
  pgbouncer: ['--version'],
  prlimit: ['--version'],
  promtool: ['--version'],
  'redis-server': ['--version'],
  // Only the `script` of util-linux takes a command and returns its exit code.
  script: ['-qec', 'setsid -w true', '/dev/null'],
  // Offline ratings began with version 250.
  'systemd-analyze': ['--offline=true', '--version'],
  // In a user namespace, where the system allows one, every user can mount. The mount ends with the program.
  unshare: ['--user', '--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/tmp'],
} as const satisfies Record<string, readonly string[]>

export type OptionalProgram = keyof typeof attempts

export function isInstalled(program: OptionalProgram): boolean {
  return spawnSync(program, attempts[program], { stdio: 'ignore' }).status === 0
}

/** Returns the names of the installed ones: a part of the cache keys of suites. */
export function installedPrograms(): string {
  // Sound: the keys of the object.
  return (Object.keys(attempts) as OptionalProgram[]).filter(isInstalled).join()
}
