/** A mail as its recipient reads it. Each file of this package makes one, as a pure function of its data. */
export interface Mail {
  subject: string
  text: string
  html: string
}

/** The request that caused a mail, for "if it was not you". */
export interface MailOrigin {
  /** Milliseconds since 1970 UTC. */
  at: number
  ip: string | null
  userAgent: string | null
}
