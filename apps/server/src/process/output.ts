/**
 * Where lines go that must never stop the server: writing neither throws nor waits, whatever becomes of the disk, the terminal
 * or the reader. Lines that cannot be written are lost; the first line after them says how many.
 */
export interface Output {
  /** @param line with its line break */
  write(line: string): void
  /** Resolves when what was written has left the process, or when `deadlineMs` is over. */
  flush(deadlineMs: number): Promise<void>
}

/** Returns the line that replaces lost ones, in the form of the log. */
export function lossLine(count: number): string {
  const time = new Date().toISOString()
  return `${JSON.stringify({ level: 'warn', time, lines: count, msg: 'lines before this one were lost' })}\n`
}

/** Returns the code of a system error, like ENOSPC or EPIPE. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
