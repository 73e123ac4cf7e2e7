import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'
import type { Config } from './config/config.ts'

/**
 * Creates the log: one JSON object a line. Each call chooses its fields; the list below removes secrets if a
 * call ever logs a whole request.
 */
export function createLog(level: Config['logLevel'], destination?: DestinationStream): Logger {
  const secrets = ['cookie', 'set-cookie', 'authorization', 'password', 'token', 'input', 'body']
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: secrets.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]), remove: true },
    serializers: { err: errorFields },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
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
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    stack: error.stack?.split('\n').filter((line) => line.startsWith('    at ')),
    ...(error.cause === undefined || depth === 3 ? {} : { cause: errorFields(error.cause, depth + 1) }),
  }
}
