import { chmodSync, statSync } from 'node:fs'
import path from 'node:path'

/** Rights of others, and of the group to write. A group that may read is somebody's choice, for backups. */
const tooWide = 0o027
const writableByOthers = 0o022

/**
 * Takes the rights of other users from files that hold password hashes or the secret: they may have been
 * there before the server, or come back from a backup, with any mode.
 * @returns what an operator must know, a sentence each; nothing on Windows, where modes say nothing
 */
export function restrictFiles(files: readonly string[]): string[] {
  if (process.platform === 'win32') return []
  const folders = new Set(files.map((file) => path.dirname(file)))
  return [...[...folders].flatMap(folderWarning), ...files.flatMap(restrictFile)]
}

/** Tells whether other users than the owner and the group can read or change a file. */
export function isOpenToOthers(file: string): boolean {
  return process.platform !== 'win32' && ((modeOf(file) ?? 0) & 0o007) !== 0
}

/** A folder is left as it is: it may serve other programs too. */
function folderWarning(folder: string): string[] {
  const mode = modeOf(folder)
  if (mode === undefined || (mode & writableByOthers) === 0) return []
  return [
    `Other users can put files into ${folder}, which holds the database or the secret (mode ${octal(mode)}). Run: chmod go-w ${folder}`,
  ]
}

function restrictFile(file: string): string[] {
  const before = modeOf(file)
  if (before === undefined || (before & tooWide) === 0) return []
  const was = `Other users could read or change ${file} (mode ${octal(before)})`
  try {
    chmodSync(file, 0o600)
  } catch {
    // A file of another user; the mode below says so.
  }
  const after = modeOf(file) ?? 0
  return (after & tooWide) === 0
    ? [
        `${was}. It is 0600 now. If somebody may have read it, set new AUTH_SECRETS and let people change passwords.`,
      ]
    : [`${was} and still can. Run as its owner: chmod 600 ${file}`]
}

function modeOf(file: string): number | undefined {
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats === undefined ? undefined : stats.mode & 0o7777
}

function octal(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, '0')
}
