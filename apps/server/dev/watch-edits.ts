import { readdirSync, realpathSync, statSync, watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import path from 'node:path'

type OnEdit = (file: string) => void

/**
 * Reports edits of the sources in the folders, and in those below them, and of the file of settings, which
 * may be missing. Folders that are new since the call are reported and not watched. When the system refuses
 * to watch a folder, prints what to do and leaves out the rest.
 * @returns a function that ends the watch
 */
export function watchEdits(folders: readonly string[], settings: string, onEdit: OnEdit): () => void {
  const watchers: FSWatcher[] = []
  // Not its files: git and many editors replace a file by another of the same name.
  const watchFolder = (folder: string, onChange: OnEdit) => {
    const watcher = watch(folder, (_, name) => onChange(path.join(folder, name ?? '')))
    // On Windows the removal of the folder is an error.
    watchers.push(watcher.on('error', () => watcher.close()))
  }
  const watchTree = (folder: string) => {
    try {
      watchFolder(folder, (file) => {
        if (isSource(path.basename(file))) onEdit(file)
      })
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (entry.isDirectory()) watchTree(path.join(folder, entry.name))
      }
    } catch (error) {
      // The folder has just been removed, which the watcher of the folder above reports.
      if (codeOf(error) !== 'ENOENT') throw error
    }
  }
  try {
    folders.forEach(watchTree)
    for (const file of pathsOf(settings)) {
      watchFolder(path.dirname(file), (changed) => {
        if (changed === file) onEdit(settings)
      })
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    console.error(`Edits of some files do not restart the server: ${error.message}`)
    if (codeOf(error) === 'ENOSPC') {
      console.error('Raise the limit: sudo sysctl fs.inotify.max_user_watches=524288')
    }
    console.error('Then start npm run dev again.')
  }
  return () => watchers.forEach((watcher) => watcher.close())
}

/** Returns the path of the file and, for a link, that of its target. */
function pathsOf(file: string): Set<string> {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) return new Set([file])
  // Writes of other programs to a device, such as /dev/null, are no edits.
  return found.isFile() ? new Set([file, realpathSync(file)]) : new Set()
}

/**
 * Returns true for the names of sources and folders, and false for those of tests and of files that editors
 * write beside them, such as the lock `.#start.ts` of Emacs.
 */
function isSource(name: string): boolean {
  return /^[^.].*(?<!\.test)\.m?[jt]s$|^[\w-]+$/.test(name)
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null
}
