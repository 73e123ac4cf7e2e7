import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { testLog } from '../../../src/testing/test-log.ts'
import type { TestLog } from '../../../src/testing/test-log.ts'

/** A log that processes share: its lines are in a file. */
export function sharedLog(file: string): TestLog {
  writeFileSync(file, '', { flag: 'a' })
  return testLog({
    all: () => readFileSync(file, 'utf8').match(/.*\n/g) ?? [],
    add: (text) => appendFileSync(file, text),
  })
}
