import { chmodSync, statSync } from 'node:fs'
import path from 'node:path'

/**
 * Rights of other users, and of the group to write. A group may read: an operator may have chosen it for
 * backups.
 */
const tooWide = 0o027
const writableByOthers = 0o022

/**
 * Removes the rights of other users from files with password hashes or the secret. They may have existed
 * before the server, or come from a backup, with any mode.
 * @returns warnings for the operator, one sentence each; none on Windows, which has no modes
 */
export function restrictFiles(files: readonly string[]): string[] {
  if (process.platform === 'win32') return []
  const folders = new Set(files.map((file) => path.dirname(file)))
  return [...[...folders].flatMap(folderWarning), ...files.flatMap(restrictFile)]
}

/** Returns what `restrictFiles` would change or warn of, and changes nothing. */
export function fileModeProblems(files: readonly string[]): { text: string; fix: string }[] {
  if (process.platform === 'win32') return []
  const problems = (paths: readonly string[], bits: number, fix: string) =>
    paths.flatMap((file) => {
      const mode = modeOf(file)
      if (mode === undefined || (mode & bits) === 0) return []
      return [
        { text: `Other users can read or change ${file} (mode ${octal(mode)}).`, fix: `${fix} ${file}` },
      ]
    })
  const folders = [...new Set(files.map((file) => path.dirname(file)))]
  return [...problems(folders, writableByOthers, 'chmod go-w'), ...problems(files, tooWide, 'chmod 600')]
}

/** Returns whether users other than the owner and the group can read or change a file. */
export function isOpenToOthers(file: string): boolean {
  return process.platform !== 'win32' && ((modeOf(file) ?? 0) & 0o007) !== 0
}

/** Warns of a folder instead of changing it, because other programs may use it. */
function folderWarning(folder: string): string[] {
  const mode = modeOf(folder)
  if (mode === undefined || (mode & writableByOthers) === 0) return []
  return [
    `Other users can put files into ${folder}, which contains the database or the secret (mode ${octal(mode)}). Run: chmod go-w ${folder}`,
  ]
}

function restrictFile(file: string): string[] {
  const before = modeOf(file)
  if (before === undefined || (before & tooWide) === 0) return []
  const was = `Other users could read or change ${file} (mode ${octal(before)})`
  try {
    chmodSync(file, 0o600)
  } catch {
    // A file of another user; the warning below covers it.
  }
  const after = modeOf(file) ?? 0
  return (after & tooWide) === 0
    ? [
        `${was}. It is 0600 now. If another user may have read it, set new AUTH_SECRETS and let users change their passwords.`,
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
