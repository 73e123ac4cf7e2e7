import { spawnSync } from 'node:child_process'

/** A Chromium that can be started, with the variables that it needs beside the usual ones. */
export interface Chromium {
  executablePath: string
  env: Record<string, string>
}

/**
 * Whether the machine has what it needs: a program that lacks a library does not get as far as telling its
 * version.
 */
export function starts({ executablePath, env }: Chromium): boolean {
  const { status } = spawnSync(executablePath, ['--version'], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
    timeout: 30_000,
  })
  return status === 0
}

/**
 * No sandbox, because it cannot be had as root or in most containers; and nothing that talks to the network
 * by itself.
 */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // All pages of a profile share a process, and with it the compiled code of the app.
  '--process-per-site',
]
