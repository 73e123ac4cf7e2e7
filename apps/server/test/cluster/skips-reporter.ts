import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node'
import { leftOut, usingOneProcess } from './proxied/left-out.ts'

const expected = new Set([
  ...leftOut.keys(),
  ...Object.entries(usingOneProcess).flatMap(([file, titles]) => titles.map((title) => `${file} > ${title}`)),
])

/**
 * Prints why tests were skipped through the proxy, with counts. The run fails when a test was skipped that
 * `proxied/left-out.ts` does not name, and when one that it names was not.
 */
export function skipsReporter(): Reporter {
  let vitest: Vitest | undefined
  return {
    onInit: (started) => {
      vitest = started
    },
    onTestRunEnd: (modules) => {
      const skipped = modules.flatMap((module) => [...module.children.allTests()]).filter(isSkippedByItself)
      const reasons = Map.groupBy(skipped, noteOf)
      const lines = Array.from(reasons, ([why, { length }]) => `skipped: ${length}: ${why}`)
      const found = new Set(skipped.map((test) => `${test.module.relativeModuleId} > ${test.name}`))
      const unexpected = [...found].filter((name) => !expected.has(name))
      const isFiltered = vitest?.config.testNamePattern !== undefined
      const unused = isFiltered ? [] : [...expected].filter((name) => isUnused(name, modules, found))
      const problems = [
        ...unexpected.map((name) => `skipped, but not in proxied/left-out.ts: ${name}`),
        ...unused.map((name) => `in proxied/left-out.ts, but not skipped: ${name}`),
      ]
      if (problems.length > 0) process.exitCode = 1
      const text = [...lines.toSorted(), ...problems].join('\n')
      if (text !== '') process.stdout.write(`\n${text}\n\n`)
    },
  }
}

/** Other skips, such as that of a missing program, have no note. */
function isSkippedByItself(test: TestCase): boolean {
  return noteOf(test) !== undefined
}

function noteOf(test: TestCase): string | undefined {
  const result = test.result()
  return result.state === 'skipped' ? result.note : undefined
}

/** Whether the file of the test ran without skipping it. */
function isUnused(name: string, modules: readonly TestModule[], skipped: ReadonlySet<string>): boolean {
  const hasRun = modules.some(
    (module) => module.state() !== 'skipped' && name.startsWith(`${module.relativeModuleId} > `),
  )
  return hasRun && !skipped.has(name)
}
