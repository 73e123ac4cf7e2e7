/** Returns the code of the innermost error: libraries wrap those of the system. */
export function codeOf(error: unknown): string | undefined {
  return causesOf(error)
    .map((cause) => ('code' in cause && typeof cause.code === 'string' ? cause.code : undefined))
    .findLast((code) => code !== undefined)
}

/** Lists an error and what caused it, the innermost last. */
export function causesOf(error: unknown): Error[] {
  if (!(error instanceof Error)) return []
  // Node tries several addresses of a name; they fail alike.
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : []
  return [error, ...causesOf(error.cause ?? first)]
}
