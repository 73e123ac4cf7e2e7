import type { App } from '../create-app.ts'
import type { Output } from './output.ts'

/** How long to wait until the last lines of the log have left the process. */
const flushMs = 1_000

/**
 * Stops gracefully at the first TERM, INT or HUP and exits with 0; exits immediately at a second TERM or INT.
 * A terminal that closes sends HUP, sometimes twice.
 */
export function stopOnSignals(
  process: NodeJS.Process,
  app: Pick<App, 'close' | 'log'>,
  output: Pick<Output, 'flush'>,
): void {
  let isStopping = false
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping && signal !== 'SIGHUP') process.exit(1)
    if (isStopping) return
    isStopping = true
    app.log.info({ signal }, 'stopping')
    const end = (code: number) => void output.flush(flushMs).then(() => process.exit(code))
    app.close().then(
      () => end(0),
      (error: unknown) => {
        app.log.error({ err: error }, 'the stop failed')
        end(1)
      },
    )
  }
  process.on('SIGTERM', stop).on('SIGINT', stop).on('SIGHUP', stop)
}
