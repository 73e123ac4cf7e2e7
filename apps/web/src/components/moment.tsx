interface MomentProps {
  /** ISO 8601, as it comes from the server. */
  at: string
  /** The day alone, for lists. */
  dayOnly?: boolean
  /** To the second, for what has to be compared with a log. */
  exact?: boolean
}

// Made once: a long list has hundreds of moments, and making a format costs more than using it.
const formats = {
  day: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }),
  minute: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }),
  second: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }),
}

/** An instant in the language and the time zone of the browser. */
export function Moment({ at, dayOnly = false, exact = false }: MomentProps) {
  const format = formats[dayOnly ? 'day' : exact ? 'second' : 'minute']
  return <time dateTime={at}>{format.format(new Date(at))}</time>
}
