import { shownJson, shownLines } from '../shown.ts'
import type { Finding } from './finding.ts'

/** Prints findings: one line each and one for the fix, or all as one line of JSON at the end. */
export function createReport({ isJson }: { isJson: boolean }) {
  const findings: Finding[] = []
  const count = (status: Finding['status']) => findings.filter((each) => each.status === status).length
  return {
    add(finding: Finding) {
      findings.push(finding)
      if (!isJson) console.log(shownLines(linesOf(finding)))
    },
    /** Returns how many checks failed. */
    end(): number {
      const failed = count('fail')
      if (isJson) console.log(shownJson({ ok: failed === 0, findings }))
      return failed
    },
  }
}

function linesOf({ check, status, text, fix }: Finding): string[] {
  const line = `${status.padEnd(7)}  ${check.padEnd(8)}  ${text}`
  return fix === undefined ? [line] : [line, `${' '.repeat(19)}fix: ${fix}`]
}
