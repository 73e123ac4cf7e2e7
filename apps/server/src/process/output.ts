/**
 * Writes log lines and never stops the server: it neither throws nor waits when the disk is full, or the
 * terminal or reader is gone. Lines that cannot be written are lost; the first line after them counts them.
 */
export interface Output {
  /** @param line with its line break */
  write(line: string): void
  /** Resolves when all lines have left the process, or after `deadlineMs`. */
  flush(deadlineMs: number): Promise<void>
}

/** Returns a log line that replaces lost lines. */
export function lossLine(count: number): string {
  const time = new Date().toISOString()
  return `${JSON.stringify({ level: 'warn', time, lines: count, msg: 'lines before this one were lost' })}\n`
}
