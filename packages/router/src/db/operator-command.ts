import { existsSync } from 'node:fs'
import path from 'node:path'
import { commandLines } from '@app/contract/command-lines'
import { repositoryRoot } from './repository-root.ts'

/** Returns how an operator runs the command in the folder of the server: a checkout, or that of an image. */
export function operatorCommand(): string {
  return existsSync(path.join(repositoryRoot, 'tools/pnpm.mjs')) ? commandLines.checkout : commandLines.image
}
