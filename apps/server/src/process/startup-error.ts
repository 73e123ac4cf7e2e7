import type { Config } from '../config/config.ts'

/** What keeps the server from starting and how to repair it, in one line. */
export function startProblem(
  error: unknown,
  config: Pick<Config, 'port' | 'host' | 'metricsPort'> | null,
): string {
  if (!(error instanceof Error)) return String(error)
  if (config === null) return error.message
  const { host } = config
  const { code = '', syscall = '', port = config.port }: NodeJS.ErrnoException & { port?: number } = error
  // The metrics are opened last: where both are the same number, it is theirs that is taken.
  const setting = port === config.metricsPort ? 'METRICS_PORT' : 'PORT'
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use. Stop the program that has it, or set ${setting} to another number.`
  }
  if (code === 'EACCES' && syscall === 'listen') {
    return `Port ${port} may not be opened by this user. Set ${setting} to a number above 1023.`
  }
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code) && /listen|getaddrinfo/.test(syscall)) {
    return `HOST is ${host}, which is no address of this machine. Set HOST to 127.0.0.1 or 0.0.0.0.`
  }
  // The database's own errors, and those of the files beside it, say what to do or at least which file it is about.
  return error.message
}
