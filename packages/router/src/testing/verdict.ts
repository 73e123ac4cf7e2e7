export type Bound = 'at least' | 'at most' | 'below'

export type Verdict = 'met' | 'not met' | 'not measured'

/** Compares a figure with its target. One that is no finite number meets none: nothing was measured. */
export function verdictOf(figure: number, bound: Bound, limit: number): Verdict {
  if (!Number.isFinite(figure)) return 'not measured'
  const isMet = { 'at least': figure >= limit, 'at most': figure <= limit, below: figure < limit }[bound]
  return isMet ? 'met' : 'not met'
}

/** Formats a target and whether the figure meets it. */
export function targetOf(figure: number, bound: Bound, limit: number, unit = ''): string {
  const withUnit = unit === '' ? String(limit) : `${limit} ${unit}`
  return `target ${bound} ${withUnit}: ${verdictOf(figure, bound, limit)}`
}
