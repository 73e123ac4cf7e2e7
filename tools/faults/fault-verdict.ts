import type { Outcome } from '../sum-suites.ts'

/** `skipped`: the test needs a program that is missing. `BROKEN`: the test did not run at all. */
export type Verdict = 'noticed' | 'skipped' | 'UNNOTICED' | 'BROKEN'

/**
 * Returns the pattern of a test's title. A title of docs/asvs-faults.json has `%s` and the like for values of
 * a table, and `…` for a variable.
 */
export function titlePattern(title: string): string {
  return title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/%[a-z]|…|\\\$\w+/g, '.*')
}

/** @param outcomes of the whole file: a test that the pattern does not name is reported as skipped, too */
export function verdictOf(outcomes: readonly Outcome[], pattern: string): Verdict {
  // A file that cannot be loaded fails, but has no tests.
  const tests = outcomes.filter(({ name }) => name.includes(' > '))
  const has = (...wanted: string[]) => tests.some(({ status }) => wanted.includes(status))
  if (has('failed', 'unexpected')) return 'noticed'
  if (has('passed', 'expected')) return 'UNNOTICED'
  const named = new RegExp(pattern)
  return tests.some(({ name }) => named.test(name)) ? 'skipped' : 'BROKEN'
}
