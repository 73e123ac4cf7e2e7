import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** @param option one that prints and ends */
export function isInstalled(program: string, option: string): boolean {
  return spawnSync(program, [option]).error === undefined
}

interface ProgramOptions {
  program: string
  args: (folder: string) => string[]
  /** The files of its folder, by name. */
  files: Record<string, string>
  /** Its port on 127.0.0.1. */
  listen: number
}

/** Starts a program with files of its own, and waits until it accepts connections. */
export async function startProgram(options: ProgramOptions): Promise<AsyncDisposable> {
  const { program, args, files, listen } = options
  const folder = mkdtempSync(path.join(tmpdir(), `app-doctor-${program}-`))
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), text, { mode: 0o600 })
  }
  const child = spawn(program, args(folder), { cwd: folder, stdio: 'ignore' })
  const ended = once(child, 'close')
  while (!(await accepts(listen))) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`)
    await sleep(20)
  }
  return {
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
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

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP server has an address object, not the name of a pipe.
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
