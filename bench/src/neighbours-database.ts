import path from 'node:path'
import { onServer, temporaryFolder, testPostgresUrl } from '@app/router/testing'

/** A database without tables, removed at the end. */
export interface NewDatabase extends AsyncDisposable {
  url: string
}

export async function newDatabase(kind: 'sqlite' | 'postgres'): Promise<NewDatabase> {
  if (kind === 'sqlite') {
    const folder = temporaryFolder()
    return {
      url: `file:${path.join(folder.path, 'bench.db')}`,
      [Symbol.asyncDispose]: async () => folder[Symbol.dispose](),
    }
  }
  const name = `bench_neighbours_${process.pid}`
  await onServer((client) => client.query(`create database ${name}`))
  const url = new URL(testPostgresUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    [Symbol.asyncDispose]: async () =>
      void (await onServer((client) => client.query(`drop database ${name} with (force)`))),
  }
}
