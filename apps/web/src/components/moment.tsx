interface MomentProps {
  /** ISO 8601, as the server sends it. */
  at: string
  /** Shows the day only, for lists. */
  dayOnly?: boolean
  /** Shows seconds, for the comparison with a log. */
  exact?: boolean
}

const styles = {
  day: { dateStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

const formats = new Map<keyof typeof styles, Intl.DateTimeFormat>()

/** Creates each format once, at the first use: it is slow, and a long list has hundreds of moments. */
function formatOf(style: keyof typeof styles): Intl.DateTimeFormat {
  const format = formats.get(style) ?? new Intl.DateTimeFormat(undefined, styles[style])
  formats.set(style, format)
  return format
}

/** Shows an instant in the language and the time zone of the browser. */
export function Moment({ at, dayOnly = false, exact = false }: MomentProps) {
  const format = formatOf(dayOnly ? 'day' : exact ? 'second' : 'minute')
  return <time dateTime={at}>{format.format(new Date(at))}</time>
}
