import type { Config } from '../config/config.ts'
import { portProblem } from './port-problem.ts'

/** Returns why the server cannot start and how to fix it, in one line. */
export function startupError(
  error: unknown,
  config: Pick<Config, 'port' | 'host' | 'metricsPort'> | null,
): string {
  if (!(error instanceof Error)) return String(error)
  if (config === null) return error.message
  const { host } = config
  const { code = '', syscall = '', port = config.port }: NodeJS.ErrnoException & { port?: number } = error
  const setting = port === config.metricsPort ? 'METRICS_PORT' : 'PORT'
  const problem = portProblem(error, port, setting)
  if (problem !== undefined) return problem
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code) && /listen|getaddrinfo/.test(syscall)) {
    return `HOST is ${host}, which is no address of this machine. Set HOST to 127.0.0.1 or 0.0.0.0.`
  }
  // Errors of the database and its files contain the fix, or name the file.
  return error.message
}
