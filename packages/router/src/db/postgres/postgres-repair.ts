import pg from 'pg'
import { operatorCommand } from '../operator-command.ts'

const network = 'Check the network between both machines, and the host in DATABASE_URL.'
const start = 'Start it, or correct DATABASE_URL.'

/** By the code of an error of a new connection. ENOENT: the socket of a server on this machine is missing. */
const connectionRepairs: Readonly<Record<string, string>> = {
  ECONNREFUSED: start,
  ENOENT: start,
  ENOTFOUND: 'Correct the host in DATABASE_URL.',
  EAI_AGAIN: 'Check the name server of this machine, and the host in DATABASE_URL.',
  EHOSTUNREACH: network,
  ENETUNREACH: network,
  ETIMEDOUT: network,
}

/** Returns how an operator repairs the cause of this error; undefined if no single step does it. */
export function repairOf(error: unknown): string | undefined {
  if (error instanceof pg.DatabaseError) return repairInServer(error)
  // Of a host with several addresses: one error for each.
  if (error instanceof AggregateError) return repairOf(error.errors[0])
  if (!(error instanceof Error)) return undefined
  const { code = '', syscall, path = '' }: NodeJS.ErrnoException = error
  if (syscall === 'open') {
    return `DATABASE_URL names the file ${path} (sslrootcert, sslcert or sslkey), which cannot be read. Correct its path.`
  }
  if (syscall === 'connect' || syscall === 'getaddrinfo') return connectionRepairs[code]
  if (/SELF_SIGNED_CERT|UNABLE_TO_(GET_ISSUER|VERIFY)/.test(code)) {
    return 'Its certificate is not trusted here. Add sslrootcert=<file> with the authority that signed it to DATABASE_URL.'
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return 'Its certificate is for another host name. Use that name in DATABASE_URL.'
  }
  if (/does not support SSL/.test(error.message)) {
    return 'Switch TLS on in the server, or remove sslmode from DATABASE_URL.'
  }
  return undefined
}

function repairInServer({ code, message }: pg.DatabaseError): string | undefined {
  if (code === '53300') {
    return 'Lower DATABASE_POOL_READ and DATABASE_POOL_WRITE, or raise the limit of the server or the role.'
  }
  return code === '42501' ? grantFor(message) : undefined
}

/** @param message from the server, such as: permission denied for schema public */
function grantFor(message: string): string {
  if (/for schema/.test(message)) {
    return 'As an administrator of the database: GRANT USAGE, CREATE ON SCHEMA public TO the user, or give the user a database of its own: CREATE DATABASE … OWNER ….'
  }
  if (/for database/.test(message)) return 'As an administrator: GRANT CONNECT ON DATABASE … TO the user.'
  if (/must be owner/.test(message))
    return `Run once with the user that owns the tables: ${operatorCommand()} migrate`
  return 'As the owner of the tables: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO the user.'
}
