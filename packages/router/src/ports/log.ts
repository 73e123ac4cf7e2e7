/**
 * Where the router reports what an operator must know. A pino logger fits. Fields never hold input, tokens or
 * secrets.
 */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
