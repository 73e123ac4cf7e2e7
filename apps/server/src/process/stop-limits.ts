/** How long parts of a stop may take. */
export const stopLimits = {
  /** Of accepted requests. */
  requestsMs: 10_000,
  /** Of idle connections after the listener has closed, for proxies that reuse them. */
  lingerMs: 1_000,
  /** Of mails in progress: longer than a mail server that works. */
  mailsMs: 5_000,
} as const
