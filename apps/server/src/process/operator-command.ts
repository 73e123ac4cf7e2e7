import { existsSync } from 'node:fs'
import path from 'node:path'
import { commandLines } from '@app/contract/product'

/**
 * Returns how an operator runs the command in this folder. The folder of an image has no pnpm.
 * @param root the repository's folder, or an image's
 */
export function operatorCommand(root: string): string {
  return existsSync(path.join(root, 'tools/pnpm.mjs')) ? commandLines.checkout : commandLines.image
}
