import { spawn } from 'node:child_process'
import { once } from 'node:events'

// In a user namespace every user can mount. The mounts end with its last process.
const unshare = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c']

/** Returns a command that mounts by `script`, with the folder as "$0", and then runs the program after it. */
export function withMount(script: string, folder: string): string[] {
  return [...unshare, `${script} && exec "$@"`, folder]
}

/** A path inside the mounts of another process. */
export function seenBy(pid: number | undefined, file: string): string {
  return `/proc/${pid}/root${file}`
}

/** A mount that programs can share one after the other, until the end of the block. */
export interface SharedMount extends AsyncDisposable {
  /** A command that runs the program behind it in the mount. */
  readonly within: readonly string[]
  /** A path inside of the mount, for this process. */
  seen(file: string): string
}

export async function sharedMount(script: string, folder: string): Promise<SharedMount> {
  const [program = '', ...args] = withMount(script, folder)
  const child = spawn(program, [...args, 'cat'], { stdio: ['pipe', 'pipe', 'inherit'] })
  // `cat` runs when it answers.
  child.stdin.write('\n')
  await once(child.stdout, 'data')
  return {
    within: ['nsenter', `--target=${child.pid}`, '--user', '--mount', '--preserve-credentials'],
    seen: (file) => seenBy(child.pid, file),
    [Symbol.asyncDispose]: async () => {
      const ended = once(child, 'close')
      child.stdin.end()
      await ended
    },
  }
}
