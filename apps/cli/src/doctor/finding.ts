/** The outcome of one check. */
export interface Finding {
  /** A stable name for scripts: `tls`. */
  check: string
  status: 'ok' | 'warn' | 'fail' | 'skipped'
  text: string
  /** The setting or line that corrects it. */
  fix?: string
}

/** Makes the findings of one check. */
export function findingsOf(check: string) {
  return {
    ok: (text: string): Finding => ({ check, status: 'ok', text }),
    warn: (text: string, fix: string): Finding => ({ check, status: 'warn', text, fix }),
    fail: (text: string, fix: string): Finding => ({ check, status: 'fail', text, fix }),
    skipped: (text: string): Finding => ({ check, status: 'skipped', text }),
  }
}
