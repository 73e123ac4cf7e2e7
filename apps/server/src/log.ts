import { errorCode } from '@app/router'
import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'
import type { Config } from './config/config.ts'

/**
 * Creates the log: one JSON object a line. Each call chooses its fields; the list below removes secrets if a
 * call ever logs a whole request.
 */
export function createLog(level: Config['logLevel'], destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) => withoutSecrets(fields),
    },
    // The serializer of `err` chooses its fields.
    serializers: { err: errorFields },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

const secretKeys: ReadonlySet<string> = new Set([
  'cookie',
  'set-cookie',
  'authorization',
  'password',
  'token',
  'input',
  'body',
])

/** How deep secrets are looked for: `request.headers.cookie` is at the third level. */
const maxDepth = 3

/**
 * Removes secrets from the fields of a line, and from the objects and lists in them. Copies nothing if there
 * are none, because every request has a line.
 */
function withoutSecrets(fields: Record<string, unknown>, depth = 1): Record<string, unknown> {
  let kept = fields
  for (const [key, value] of Object.entries(fields)) {
    const isSecret = secretKeys.has(key)
    const inner = isSecret || key === 'err' ? value : nestedWithoutSecrets(value, depth)
    if (!isSecret && inner === value) continue
    if (kept === fields) kept = { ...fields }
    if (isSecret) delete kept[key]
    else kept[key] = inner
  }
  return kept
}

function nestedWithoutSecrets(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth === maxDepth) return value
  // Sound: the value is an object.
  if (!Array.isArray(value)) return withoutSecrets(value as Record<string, unknown>, depth + 1)
  const items = value.map((item: unknown) => nestedWithoutSecrets(item, depth + 1))
  return items.every((item, index) => item === value[index]) ? value : items
}

/**
 * Returns an error with its causes, without the properties that libraries add: they may contain values of a
 * query.
 */
function errorFields(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  return {
    type: error.name,
    // The parser's message repeats its input.
    message: error instanceof SyntaxError ? 'syntax error' : error.message,
    code: errorCode(error),
    stack: error.stack?.split('\n').filter((line) => line.startsWith('    at ')),
    ...(error.cause === undefined || depth === 3 ? {} : { cause: errorFields(error.cause, depth + 1) }),
  }
}
