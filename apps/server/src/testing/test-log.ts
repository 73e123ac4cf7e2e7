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

/** The lines of a log, each with its end. */
export interface LogTexts {
  all(): string[]
  add(text: string): void
}

function memoryTexts(): LogTexts {
  const texts: string[] = []
  return { all: () => texts, add: (text) => void texts.push(text) }
}

/** @param texts where the lines are kept */
export function testLog(texts: LogTexts = memoryTexts()): TestLog {
  let isExpected = false
  // Sound: the logger writes one JSON object a line, and each has a level.
  const lines = () => texts.all().map((text) => JSON.parse(text) as LogLine)
  const errors = () => lines().filter(({ level }) => level === 'error' || level === 'fatal')
  return {
    get lines() {
      return lines()
    },
    get text() {
      return texts.all().join('')
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
    write: (line) => texts.add(line),
  }
}
