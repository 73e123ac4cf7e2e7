import { z } from 'zod'
import { isLoopback } from './exposure.ts'

export type Environment = Record<string, string | undefined>

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/**
 * Reads environment variables by a shape, without the white space around them, such as the `\r` of a Windows
 * file. An empty one counts as not set. Hosts read their own settings with it.
 */
export function readSettings<S extends z.ZodRawShape>(
  wanted: S,
  environment: Environment,
): { values: z.output<z.ZodObject<S>>; problems: [] } | { values: null; problems: string[] } {
  const given = Object.fromEntries(
    Object.keys(wanted).map((name) => [name, environment[name]?.trim() || undefined]),
  )
  const parsed = z.object(wanted).safeParse(given)
  if (parsed.success) return { values: parsed.data, problems: [] }
  return {
    values: null,
    problems: parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`),
  }
}

export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}.`
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .pipe(z.int().min(min, message).max(max, message))
}

export function oneOf<const T extends string>(...choices: [T, ...T[]]) {
  return z.enum(choices, { error: `must be ${alternatives(choices)}.` })
}

/** Writes `open, invite or closed`. `Intl.ListFormat` would load 9 MB of ICU's data at each start. */
function alternatives(choices: readonly string[]): string {
  return choices.join(', ').replace(/, ([^,]*)$/, ' or $1')
}

/**
 * Accepts `45s`, `20m`, `1h`, `14d`. Default: from a minute to 400 days (the longest that browsers keep a
 * cookie).
 */
export function duration(min: Duration = '60s', max: Duration = '400d') {
  const message = `must be a time with its unit (s, m, h or d): from ${min} to ${max}.`
  return z
    .string()
    .regex(/^(?:0|\d{1,7}[smhd])$/, message)
    .transform(milliseconds)
    .pipe(z.int().min(milliseconds(min), message).max(milliseconds(max), message))
}

type Duration = `${number}${keyof typeof unitMs}`

function milliseconds(text: string): number {
  if (text === '0') return 0
  return Number(text.slice(0, -1)) * unitMs[z.enum(['s', 'm', 'h', 'd']).parse(text.slice(-1))]
}

/** Accepts origins, separated by commas, and returns them in the spelling of browsers. */
export function origins(fix: string, isEnough: (found: string[]) => boolean = () => true) {
  return z
    .string()
    .transform((list) => listed(list).map(originOf))
    .refine((list): list is string[] => !list.includes(null), fix)
    .refine(isEnough, fix)
}

/** Accepts one origin, and returns it in the spelling of browsers. */
export function origin(fix: string) {
  return origins(fix, (found) => found.length === 1).transform(([only = null]) => only)
}

/** Accepts the address of a service whose paths are appended: https, or http on this machine. */
export function serviceUrl(example: string) {
  return z.string().refine((text) => {
    const url = URL.parse(text)
    if (url === null || url.href !== `${url.origin}${url.pathname}`) return false
    return (
      url.pathname.endsWith('/') &&
      (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))
    )
  }, `must be an https address that ends with a slash: ${example}`)
}

/** Splits a list at its commas. */
export function listed(list: string): string[] {
  return list
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
}

function originOf(text: string): string | null {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  return url.href === `${url.origin}/` ? url.origin : null
}
