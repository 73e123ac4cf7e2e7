import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readdirSync, statSync, watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import path from 'node:path'
import { devSettings } from './addresses.ts'

/** Git and editors change several files, or one file several times, within this time. */
const quietMs = 100

/** After this time a program that does not stop is killed, such as one in an endless loop. */
const stopMs = 8_000

export interface WatchedProgram {
  /** The file that Node runs. */
  program: string
  /** Messages name files relative to it. */
  root: string
  /** The folders of the sources. An edit in them, or in folders below them, restarts the program. */
  folders: readonly string[]
  /** The file of settings, which may be missing. An edit restarts the program too. */
  settings: string
}

/**
 * Runs a program until a signal ends this process, and restarts it after every edit. The next edit also
 * starts a program that has ended, for example with a syntax error.
 */
export function runAndWatch({ program, root, folders, settings }: WatchedProgram): void {
  let child: ChildProcess | null = null
  let watchers: FSWatcher[] = []
  let isRestarting = false
  let isEnding = false
  let quiet: NodeJS.Timeout | undefined

  const start = () => {
    isRestarting = false
    // Before the start, so that the program reads every edit that is not reported.
    watchers.forEach((watcher) => watcher.close())
    watchers = [...folders.flatMap((folder) => watchTree(folder, onEdit)), ...watchFile(settings, onEdit)]
    // With the channel of `fork` the program ends when this process is killed.
    child = fork(program).once('exit', (code) => {
      child = null
      if (isEnding) process.exit(code ?? 0)
      if (isRestarting) return start()
      console.error('The server ended. It starts again after the next edit.')
    })
  }
  const restart = (file: string) => {
    if (!isRestarting) console.log(`Restarting: ${path.relative(root, file)} changed.`)
    if (file === settings) {
      console.log(`To change one of ${devSettings.join(', ')}, start npm run dev again.`)
    }
    isRestarting = true
    if (child === null) start()
    else stop(child)
  }
  const onEdit = (file: string) => {
    clearTimeout(quiet)
    quiet = setTimeout(() => {
      if (!isEnding) restart(file)
    }, quietMs)
  }
  const end = () => {
    isEnding = true
    if (child === null) process.exit(0)
    stop(child)
  }
  process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', end)
  start()
}

/** Stops the program. Not by SIGINT or SIGTERM: a second one, after that of Ctrl-C, would abort its stop. */
function stop(child: ChildProcess): void {
  child.kill('SIGHUP')
  setTimeout(() => child.kill('SIGKILL'), stopMs).unref()
}

function watchTree(folder: string, onEdit: (file: string) => void): FSWatcher[] {
  try {
    const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    const own = watchFolder(folder, (file) => {
      if (isSource(file)) onEdit(file)
    })
    return [own, ...below.flatMap(({ name }) => watchTree(path.join(folder, name), onEdit))]
  } catch {
    // The folder has just been removed, which the watcher of the folder above reports.
    return []
  }
}

function watchFile(file: string, onEdit: (file: string) => void): FSWatcher[] {
  const found = statSync(file, { throwIfNoEntry: false })
  // Writes of other programs to a device, such as /dev/null, are no edits.
  if (found?.isFile() === false) return []
  return [
    watchFolder(path.dirname(file), (changed) => {
      if (changed === file) onEdit(changed)
    }),
  ]
}

/** Watches the folder and not its files: git and many editors replace a file by another of the same name. */
function watchFolder(folder: string, onChange: (file: string) => void): FSWatcher {
  const watcher = watch(folder, (_, name) => onChange(path.join(folder, name ?? '')))
  // On Windows the removal of the folder is an error.
  return watcher.on('error', () => watcher.close())
}

/** Returns true for sources and folders, and false for tests and for files that editors write beside them. */
function isSource(file: string): boolean {
  return /(?<!\.test)\.m?[jt]s$|[/\\][\w-]+$/.test(file)
}
