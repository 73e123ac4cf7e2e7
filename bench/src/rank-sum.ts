import { median } from './figures.ts'

export interface Comparison {
  /** Median of the first sample minus the median of the second. */
  medianDifference: number
  /** Probability that two samples of one distribution differ this much; two-sided. */
  p: number
}

/**
 * Runs the Mann-Whitney test (Wilcoxon rank sum) in its normal approximation with the correction for ties. It
 * needs about 20 values in each sample. It tests whether one sample tends to be larger for any distribution,
 * so single slow responses do not dominate.
 */
export function rankSum(first: readonly number[], second: readonly number[]): Comparison {
  const all = [
    ...first.map((value) => ({ value, isFirst: true })),
    ...second.map((value) => ({ value, isFirst: false })),
  ]
  const sorted = all.toSorted((one, other) => one.value - other.value)
  let [ranksOfFirst, tied] = [0, 0]
  for (let start = 0; start < sorted.length;) {
    const value = sorted[start]?.value
    const after = sorted.findIndex((each, at) => at > start && each.value !== value)
    const end = after === -1 ? sorted.length : after
    const count = end - start
    const rank = (start + 1 + end) / 2
    ranksOfFirst += rank * sorted.slice(start, end).filter(({ isFirst }) => isFirst).length
    tied += count ** 3 - count
    start = end
  }
  const [n, m] = [first.length, second.length]
  const u = ranksOfFirst - (n * (n + 1)) / 2
  const total = n + m
  const variance = ((n * m) / 12) * (total + 1 - tied / (total * (total - 1)))
  const z = variance === 0 ? 0 : Math.max(0, Math.abs(u - (n * m) / 2) - 0.5) / Math.sqrt(variance)
  return { medianDifference: median(first) - median(second), p: Math.min(1, 2 * upperTail(z)) }
}

/** Returns the normal distribution above z (Abramowitz and Stegun 7.1.26, error below 1e-7). */
function upperTail(z: number): number {
  const x = z / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const series =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
  return (series * Math.exp(-x * x)) / 2
}
