import { execFile } from 'node:child_process'
import path from 'node:path'

/** Runs a program of `src` to its end. */
export function runProgram(name: string, ...args: string[]): Promise<{ code: unknown; stdout: string }> {
  const { promise, resolve } = Promise.withResolvers<{ code: unknown; stdout: string }>()
  const program = path.join(import.meta.dirname, '../src', name)
  execFile(process.execPath, [program, ...args], (error, stdout) =>
    resolve({ code: error === null ? 0 : error.code, stdout }),
  )
  return promise
}
