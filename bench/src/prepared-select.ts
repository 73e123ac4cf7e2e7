import pg from 'pg'

interface Selects extends AsyncDisposable {
  /**
   * Keeps one prepared select by primary key in flight on each connection.
   * @returns the latencies in milliseconds, shortest first
   */
  run(seconds: number): Promise<Float64Array>
}

/** Connects to a database that has a session. */
export async function openSelects(url: string, connections: number): Promise<Selects> {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: url }))
  await Promise.all(clients.map((client) => client.connect()))
  const found = await clients[0]?.query<{ id: string }>('select id from sessions limit 1')
  const id = found?.rows[0]?.id
  const query = { name: 'session', text: 'select * from sessions where id = $1', values: [id] }
  return {
    run: async (seconds) => {
      const latenciesMs: number[] = []
      const endsAt = performance.now() + seconds * 1_000
      const select = async (client: pg.Client) => {
        for (let sentAt = performance.now(); sentAt < endsAt; sentAt = performance.now()) {
          const { rows } = await client.query(query)
          if (rows.length !== 1) throw new Error('The session is gone.')
          latenciesMs.push(performance.now() - sentAt)
        }
      }
      await Promise.all(clients.map(select))
      return Float64Array.from(latenciesMs).toSorted()
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client.end()))
    },
  }
}
