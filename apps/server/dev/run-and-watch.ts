import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import path from 'node:path'
import { devSettings } from './addresses.ts'
import { watchEdits } from './watch-edits.ts'

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
  let endWatch: () => void = () => undefined
  let isRestarting = false
  let isEnding = false
  let quiet: NodeJS.Timeout | undefined

  const start = () => {
    isRestarting = false
    // Before the start, so that the program reads every edit that is not reported.
    endWatch()
    endWatch = watchEdits(folders, settings, onEdit)
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
  const timer = setTimeout(() => {
    console.error(`The server has not stopped after ${stopMs / 1_000} seconds and is killed.`)
    child.kill('SIGKILL')
  }, stopMs)
  child.once('exit', () => clearTimeout(timer))
}
