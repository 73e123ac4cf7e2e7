import { spawnSync } from 'node:child_process'

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
]

/** Why tests with it are skipped; empty where the system allows it. */
export function missingSmallBuffers(): string {
  const [program = '', ...args] = withSmallBuffers
  return spawnSync(program, [...args, 'true']).status === 0 ? '' : ' (skipped: no network namespaces)'
}
