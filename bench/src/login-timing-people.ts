const each = (kind: string) => Array.from({ length: 10 }, (_, at) => `${kind}-${at}`)

/** Whose log-ins are timed. Several of each kind, so that no single row decides. */
export const people = { known: each('known'), unknown: each('nobody'), disabled: each('disabled') }

export type Kind = keyof typeof people
