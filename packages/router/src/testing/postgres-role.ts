import { randomBytes } from 'node:crypto'
import { onServer } from './test-postgres.ts'

interface PostgresRole extends AsyncDisposable {
  readonly name: string
  /** The database, with this role. */
  readonly url: string
}

/** Creates a role that may log in to the database of `url`. It is dropped at the end of the block. */
export async function postgresRole(url: string, rights: string): Promise<PostgresRole> {
  const name = `app_test_${randomBytes(6).toString('hex')}`
  await onServer((client) => client.query(`create role ${name} login ${rights}`))
  const own = new URL(url)
  own.username = name
  return {
    name,
    url: own.href,
    [Symbol.asyncDispose]: async () => {
      await onServer(async (client) => {
        await client.query(`drop owned by ${name}`)
      }, url)
      await onServer((client) => client.query(`drop role ${name}`))
    },
  }
}
