/** Writes a time as `2026-11-28 14:05 UTC`. @param ms milliseconds since 1970 UTC */
export function minuteInUtc(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
