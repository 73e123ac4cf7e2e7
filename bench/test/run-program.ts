import { execFile } from 'node:child_process'
import path from 'node:path'

interface EndedProgram {
  code: unknown
  stdout: string
  stderr: string
}

/** Runs a program of `src` to its end. */
export function runProgram(name: string, ...args: string[]): Promise<EndedProgram> {
  const { promise, resolve } = Promise.withResolvers<EndedProgram>()
  const program = path.join(import.meta.dirname, '../src', name)
  execFile(process.execPath, [program, ...args], (error, stdout, stderr) =>
    resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
  )
  return promise
}
