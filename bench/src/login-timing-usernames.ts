const each = (kind: string) => Array.from({ length: 10 }, (_, at) => `${kind}-${at}`)

/**
 * User names whose log-ins are timed, several of each kind, so that no single row dominates. The passwords of
 * `older` have hashes of a quarter of the cost.
 */
export const usernames = {
  known: each('known'),
  unknown: each('unknown'),
  disabled: each('disabled'),
  older: each('older'),
}

export type Kind = keyof typeof usernames
