import { spawnSync } from 'node:child_process'

// A user namespace lets anybody mount, where the system allows one; the mounts end with the last process in it.
const unshare = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c']

/** A command that mounts by `script`, which names the folder "$0", and then becomes the program behind it. */
export function withMount(script: string, folder: string): string[] {
  return [...unshare, `${script} && exec "$@"`, folder]
}

/** Whether this system lets a test have mounts of its own. */
export function mayMount(): boolean {
  const [program = '', ...args] = withMount('mount -t tmpfs tmpfs "$0"', '/tmp')
  return spawnSync(program, [...args, 'true']).status === 0
}

/** A path inside the mounts of another process. */
export function seenBy(pid: number | undefined, file: string): string {
  return `/proc/${pid}/root${file}`
}
