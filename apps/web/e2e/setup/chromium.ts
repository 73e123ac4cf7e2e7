import { spawnSync } from 'node:child_process'

/** A Chromium executable, and the environment variables that it needs in addition. */
export interface Chromium {
  executablePath: string
  env: Record<string, string>
}

/** Checks that the executable prints its version, which it cannot when a library is missing. */
export function canStart({ executablePath, env }: Chromium): boolean {
  const { status } = spawnSync(executablePath, ['--version'], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
    timeout: 30_000,
  })
  return status === 0
}

/** No sandbox, which Chromium cannot use as root or in most containers, and no background traffic. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // All pages of a profile share one process, and so the compiled code of the app.
  '--process-per-site',
  // No spare processes, whose starts took a twelfth of the time.
  '--renderer-process-limit=1',
]
