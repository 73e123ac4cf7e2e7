import type { Reporter, TestCase } from 'vitest/node'

declare module 'vitest' {
  interface TaskMeta {
    /** What the test measured, for the end of the report. */
    figures?: Record<string, number>
  }
}

/** Prints the figures that tests measured, one line for each test, after all tests. */
export function figuresReporter(): Reporter {
  const lines: string[] = []
  return {
    onTestCaseResult: (testCase: TestCase) => {
      const { figures } = testCase.meta()
      if (figures === undefined) return
      const texts = Object.entries(figures).map(([name, value]) => `${name} ${Math.round(value)}`)
      lines.push(`${testCase.name}: ${texts.join(', ')}`)
    },
    onTestRunEnd: () => {
      if (lines.length > 0) process.stdout.write(`\n${lines.join('\n')}\n\n`)
    },
  }
}
