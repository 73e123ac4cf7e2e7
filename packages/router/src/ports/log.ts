/**
 * Where the router reports what operators must know. A pino logger fits. Fields never contain input, tokens
 * or secrets.
 */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
