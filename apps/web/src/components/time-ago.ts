/** Made when it is first needed, which takes a while. */
let format: Intl.RelativeTimeFormat | undefined

/** Each unit, from the least number of seconds at which it is used. */
const units = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/**
 * "3 minutes ago", in the language of the browser.
 * @param at ISO 8601
 * @param now milliseconds since 1970 UTC
 */
export function timeAgo(at: string, now: number): string {
  format ??= new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
  // The clocks of server and browser differ: nothing that has happened lies ahead.
  const seconds = Math.max(0, (now - Date.parse(at)) / 1_000)
  const unit = units.find(([, least]) => seconds >= least)
  if (unit === undefined) return format.format(-Math.floor(seconds), 'second')
  return format.format(-Math.floor(seconds / unit[1]), unit[0])
}
