import { targetOf } from '@app/router/testing/verdict'
import type { Bound } from '@app/router/testing/verdict'
import type { Reporter, TestCase } from 'vitest/node'

/** Without a target it is a plain number. */
export type Figure = number | { readonly value: number; readonly bound: Bound; readonly limit: number }

declare module 'vitest' {
  interface TaskMeta {
    /** What the test measured, for the end of the report. */
    figures?: Record<string, Figure>
  }
}

/** Prints the figures that tests measured, with their targets, one line for each test, after all tests. */
export function figuresReporter(): Reporter {
  const lines: string[] = []
  return {
    onTestCaseResult: (testCase: TestCase) => {
      const { figures } = testCase.meta()
      if (figures === undefined) return
      lines.push(`${testCase.name}: ${Object.entries(figures).map(textOf).join('; ')}`)
    },
    onTestRunEnd: () => {
      if (lines.length > 0) process.stdout.write(`\n${lines.join('\n')}\n\n`)
    },
  }
}

function textOf([name, figure]: [name: string, figure: Figure]): string {
  if (typeof figure === 'number') return `${name} ${Math.round(figure)}`
  const { value, bound, limit } = figure
  return `${name} ${Math.round(value)}, ${targetOf(value, bound, limit)}`
}
