interface MomentProps {
  /** ISO 8601, as it comes from the server. */
  at: string
  /** The day alone, for lists. */
  dayOnly?: boolean
}

/** An instant in the language and the time zone of the browser. */
export function Moment({ at, dayOnly = false }: MomentProps) {
  const format = new Intl.DateTimeFormat(undefined, {
    dateStyle: 'medium',
    ...(!dayOnly && { timeStyle: 'short' }),
  })
  return <time dateTime={at}>{format.format(new Date(at))}</time>
}
