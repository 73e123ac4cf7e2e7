const each = (kind: string) => Array.from({ length: 10 }, (_, at) => `${kind}-${at}`)

/**
 * Whose log-ins are timed. Several of each kind, so that no single row decides. `older` chose theirs when
 * hashes cost a quarter.
 */
export const people = {
  known: each('known'),
  unknown: each('nobody'),
  disabled: each('disabled'),
  older: each('older'),
}

export type Kind = keyof typeof people
