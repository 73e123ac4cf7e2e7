/** A line of the log as it was written. */
export type LogLine = { level: string; msg?: string } & Record<string, unknown>

/** Collects the log of a server. An unexpected line at error level fails the test. */
export interface TestLog {
  readonly lines: LogLine[]
  /** The lines as written, for tests of what they must never contain. */
  readonly text: string
  /** Excludes the lines at error level from `assertCalm`. @returns those so far */
  expectErrors(): LogLine[]
  /** @throws Error with the unexpected lines */
  assertCalm(): void
  write(line: string): void
}

export function testLog(): TestLog {
  const texts: string[] = []
  let isExpected = false
  // Sound: the logger writes one JSON object a line, and each has a level.
  const lines = () => texts.map((text) => JSON.parse(text) as LogLine)
  const errors = () => lines().filter(({ level }) => level === 'error' || level === 'fatal')
  return {
    get lines() {
      return lines()
    },
    get text() {
      return texts.join('')
    },
    expectErrors: () => {
      isExpected = true
      return errors()
    },
    assertCalm: () => {
      const unexpected = isExpected ? [] : errors()
      if (unexpected.length > 0)
        throw new Error(`Unexpected errors in the log: ${JSON.stringify(unexpected, null, 2)}`)
    },
    write: (line) => void texts.push(line),
  }
}
