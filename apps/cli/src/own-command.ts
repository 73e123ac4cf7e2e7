import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { commandLines } from '@app/contract/command-lines'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const program = 'apps/cli/bin/cli.mjs'

/**
 * Returns how to run this command again in the working folder, which may be another than that of the
 * installation: commands also call servers elsewhere. For messages that name a next step; help has the short
 * name.
 */
export function ownCommand(): string {
  if (!isInInstallation()) return `node ${quoted(root + program)}`
  return existsSync(`${root}tools/pnpm.mjs`) ? commandLines.checkout : commandLines.image
}

/** Compares files, because the path of the working folder cannot be read if the folder was removed. */
function isInInstallation(): boolean {
  try {
    const [here, own] = [statSync(program), statSync(root + program)]
    return here.ino === own.ino && here.dev === own.dev
  } catch {
    // There is no such file, or this user may not enter the folder.
    return false
  }
}

/** Quotes a path for a shell if that is necessary. */
function quoted(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`
}
