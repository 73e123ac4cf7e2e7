import { language } from './language.ts'

/** Created at the first use, because it is slow. */
let format: Intl.RelativeTimeFormat | undefined

/** The units, each with the smallest number of seconds for which it is used. */
const units = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/**
 * Returns "3 minutes ago" in the language of the page.
 * @param at ISO 8601
 * @param now milliseconds since 1970 UTC
 */
export function timeAgo(at: string, now: number): string {
  format ??= new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  // The clocks of server and browser may differ: a past event is never shown in the future.
  const seconds = Math.max(0, (now - Date.parse(at)) / 1_000)
  const unit = units.find(([, least]) => seconds >= least)
  if (unit === undefined) return format.format(-Math.floor(seconds), 'second')
  return format.format(-Math.floor(seconds / unit[1]), unit[0])
}
