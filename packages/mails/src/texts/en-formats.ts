/** Created by the first mail, because the data of ICU that they load takes 10 MB. */
let formats: ReturnType<typeof createFormats> | undefined

/** Both in UTC: the time zone of the recipient is unknown. */
function createFormats() {
  return {
    day: new Intl.DateTimeFormat('en-GB', {
      timeZone: 'UTC',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    }),
    clock: new Intl.DateTimeFormat('en-GB', {
      timeZone: 'UTC',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
  }
}

/** Writes milliseconds since 1970 UTC as "28 November 2026, 14:05 UTC". */
export function timeInEnglish(at: number): string {
  formats ??= createFormats()
  return `${formats.day.format(at)}, ${formats.clock.format(at)} UTC`
}

/** Writes minutes as "30 minutes", "24 hours" or "7 days". */
export function durationInEnglish(minutes: number): string {
  const [count, unit] =
    minutes % 60 !== 0
      ? [minutes, 'minute']
      : minutes % (24 * 60) !== 0 || minutes === 24 * 60
        ? [minutes / 60, 'hour']
        : [minutes / (24 * 60), 'day']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

/** Names a device by what its user agent contains: "Firefox on Linux". */
export function deviceInEnglish(browser: string | undefined, system: string | undefined): string {
  if (browser !== undefined && system !== undefined) return `${browser} on ${system}`
  return browser ?? (system === undefined ? 'Unknown device' : `Unknown browser on ${system}`)
}
