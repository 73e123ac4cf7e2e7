import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endProgram } from './end-program.ts'
import { temporaryFolder } from './temporary-folder.ts'

interface ProgramOptions {
  program: string
  /** @param folder where the program starts */
  args: (folder: string) => readonly string[]
  /** Written into the folder, by name. */
  files: Record<string, string>
  /** Its port on 127.0.0.1. */
  listen: number
}

/**
 * Starts a program in a new folder and waits until it accepts connections: `await using proxy = await
 * startProgram(…)`.
 * @throws when there is no such program, or it ends before
 */
export async function startProgram(options: ProgramOptions): Promise<AsyncDisposable> {
  const { program, args, files, listen } = options
  await using begun = new AsyncDisposableStack()
  const folder = begun.use(temporaryFolder())
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(folder.path, name), text, { mode: 0o600 })
  }
  const child = spawn(program, args(folder.path), { cwd: folder.path, stdio: 'ignore' })
  begun.defer(() => endProgram(child, 'SIGKILL'))
  await once(child, 'spawn')
  while (!(await accepts(listen))) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`)
    await sleep(20)
  }
  return begun.move()
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}
