interface MomentProps {
  /** ISO 8601, as it comes from the server. */
  at: string
  /** The day alone, for lists. */
  dayOnly?: boolean
  /** To the second, for what has to be compared with a log. */
  exact?: boolean
}

const styles = {
  day: { dateStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

const formats = new Map<keyof typeof styles, Intl.DateTimeFormat>()

/** Created once and late: a long list has hundreds of moments, and creating a format is slow. */
function formatOf(style: keyof typeof styles): Intl.DateTimeFormat {
  const format = formats.get(style) ?? new Intl.DateTimeFormat(undefined, styles[style])
  formats.set(style, format)
  return format
}

/** An instant in the language and the time zone of the browser. */
export function Moment({ at, dayOnly = false, exact = false }: MomentProps) {
  const format = formatOf(dayOnly ? 'day' : exact ? 'second' : 'minute')
  return <time dateTime={at}>{format.format(new Date(at))}</time>
}
