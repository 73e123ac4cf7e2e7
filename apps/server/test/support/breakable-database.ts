import { statSync, writeFileSync } from 'node:fs'
import { cuttableProxy } from '@app/router/testing'

/** A database that a test can break while a server uses it. */
export interface BreakableDatabase extends AsyncDisposable {
  readonly url: string
  /**
   * Cuts the connection to PostgreSQL, or overwrites the file of SQLite, which shows in connections that have
   * not read yet.
   */
  break(): Promise<void>
}

export async function breakableDatabase(url: string): Promise<BreakableDatabase> {
  if (!url.startsWith('file:')) {
    const proxy = await cuttableProxy(url)
    return { url: proxy.url, break: proxy.cut, [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose]() }
  }
  const file = url.slice('file:'.length)
  return {
    url,
    break: async () => {
      for (const name of [file, `${file}-wal`]) writeFileSync(name, Buffer.alloc(statSync(name).size, 7))
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
}
