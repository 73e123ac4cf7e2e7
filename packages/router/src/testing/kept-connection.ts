import pg from 'pg'

/** A connection to one database that stays open between uses, and keeps no process alive. */
export interface KeptConnection {
  /** Runs `work`, perhaps twice: a test may have ended the connection since its last use. */
  use<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>
  end(): Promise<void>
}

export function keptConnection(url: string): KeptConnection {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: 2_000,
    max: 1,
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
  })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const attempt = async <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    try {
      const result = await work(client)
      client.release()
      return result
    } catch (error) {
      client.release(true)
      throw error
    }
  }
  return {
    use: async (work) => {
      const isFresh = pool.idleCount === 0
      return attempt(work).catch((error: unknown) => {
        if (isFresh) throw error
        return attempt(work)
      })
    },
    end: () => pool.end(),
  }
}
