import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'

/**
 * Creates a folder with its parents, for this user only. Node's own `recursive` never returns on a file
 * system that reports an existing parent as missing (`/proc`).
 * @throws the error of the file system
 */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return
  const parent = path.dirname(folder)
  if (parent !== folder) makeFolder(parent)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Another process may have created it.
    if (!isFolder(folder)) throw error
  }
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false
}
