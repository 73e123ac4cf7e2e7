import { DatabaseUnavailable, SchemaMismatch } from '@latchkey/router'

import type { Config } from './config.ts'

/** What keeps the server from starting and how to repair it, in one line; null for what is a mistake of ours. */
export function startProblem(error: unknown, { port, host }: Pick<Config, 'port' | 'host'>): string | null {
  if (error instanceof DatabaseUnavailable || error instanceof SchemaMismatch) return error.message
  if (!(error instanceof Error) || !('code' in error)) return null
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use. Stop the program that has it, or set PORT to another number.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST is ${host}, which is no address of this machine. Set HOST to 127.0.0.1 or 0.0.0.0.`
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'syscall' in error && error.syscall === 'listen'
        ? `Port ${port} may not be opened by this user. Set PORT to a number above 1023.`
        : `${error.message}. Make it accessible for this user.`
    default:
      return null
  }
}
