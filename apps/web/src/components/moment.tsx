import { language } from './language.ts'
import { timeAgo } from './time-ago.ts'
import styles from './moment.module.css'

interface MomentProps {
  /** ISO 8601, as the server sends it. */
  at: string
  /** Shows the day only, for lists. */
  dayOnly?: boolean
  /** Shows seconds, for the comparison with a log. */
  exact?: boolean
}

const formatStyles = {
  day: { dateStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

const formats = new Map<keyof typeof formatStyles, Intl.DateTimeFormat>()

/** Creates each format once, at the first use: it is slow, and a long list has hundreds of moments. */
function formatOf(style: keyof typeof formatStyles): Intl.DateTimeFormat {
  const format = formats.get(style) ?? new Intl.DateTimeFormat(language, formatStyles[style])
  formats.set(style, format)
  return format
}

/** Shows an instant in the language of the page and the time zone of the browser. */
export function Moment({ at, dayOnly = false, exact = false }: MomentProps) {
  const format = formatOf(dayOnly ? 'day' : exact ? 'second' : 'minute')
  return <time dateTime={at}>{format.format(new Date(at))}</time>
}

interface MomentAgoProps {
  /** ISO 8601, as the server sends it. */
  at: string
  /** When the list was loaded, in milliseconds since 1970 UTC. */
  now: number
  /** The element with this time has a control that shows the full time on focus (`data-full-times`). */
  inControl?: boolean
}

/**
 * Shows "3 minutes ago", and the full time on hover and keyboard focus. Screen readers announce both. The
 * tooltip is CSS only: it closes when the pointer or the focus leaves, and on Escape.
 */
export function MomentAgo({ at, now, inControl = false }: MomentAgoProps) {
  const full = formatOf('second').format(new Date(at))
  return (
    // The keyboard reaches the full time too (WCAG 2.2, 2.1.1).
    <time dateTime={at} className={styles['ago']} tabIndex={inControl ? undefined : 0}>
      <span>{timeAgo(at, now)}</span>
      <span className={styles['full']}>
        <span className={styles['separator']}>, </span>
        {full}
      </span>
    </time>
  )
}
