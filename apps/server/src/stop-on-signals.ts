import type { App } from './create-app.ts'

/** The first TERM or INT stops gracefully and exits 0; a second one ends the process at once. */
export function stopOnSignals(process: NodeJS.Process, app: Pick<App, 'close' | 'log'>): void {
  let isStopping = false
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(1)
    isStopping = true
    app.log.info({ signal }, 'stopping')
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        app.log.error({ err: error }, 'the stop failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
}
