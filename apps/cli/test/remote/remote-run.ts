import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { product } from '@app/contract/product'
import { runCommand } from '../run-command.ts'
import type { Ended } from '../run-command.ts'

interface RemoteRun extends Disposable {
  /** The folder for state of this user. */
  readonly stateHome: string
  readonly credentialsFile: string
  readonly environment: Record<string, string>
  /** Runs a command with this state. */
  run(words: string[], input?: string, more?: Record<string, string>): Promise<Ended>
}

/** A user of this machine, with a new folder for state. */
export function remoteUser(): RemoteRun {
  const stateHome = mkdtempSync(path.join(tmpdir(), 'app-cli-'))
  const environment = { XDG_STATE_HOME: stateHome, HOME: stateHome }
  return {
    stateHome,
    credentialsFile: path.join(stateHome, product.slug, 'credentials.json'),
    environment,
    run: (words, input = '', more = {}) =>
      runCommand(words, { input, environment: { ...environment, ...more } }),
    [Symbol.dispose]: () => rmSync(stateHome, { recursive: true, force: true, maxRetries: 10 }),
  }
}
