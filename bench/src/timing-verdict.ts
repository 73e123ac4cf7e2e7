import { verdictOf } from './verdict.ts'

const words = { met: 'no difference', 'not met': 'DIFFERENT', 'not measured': 'not measured' } as const

export type TimingVerdict = (typeof words)[keyof typeof words]

/** Says whether two samples differ. @param p of `rankSum`; NaN for samples without values */
export function timingVerdict(p: number, significant: number): TimingVerdict {
  return words[verdictOf(p, 'at least', significant)]
}

/** Prints the verdict of a test that made these comparisons, and sets the exit code. */
export function endTimingTest(verdicts: readonly TimingVerdict[]): void {
  const isPassed = verdicts.every((verdict) => verdict === 'no difference')
  const reason = verdicts.includes('DIFFERENT')
    ? 'the time reveals whether an account exists'
    : 'nothing was measured'
  console.log(isPassed ? 'PASSED' : `FAILED: ${reason}`)
  process.exitCode = isPassed ? 0 : 1
}
