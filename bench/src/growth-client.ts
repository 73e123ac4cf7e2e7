import { Agent, request } from 'node:http'

export interface Call {
  procedure: string
  /** A query is sent by GET. */
  isQuery?: boolean
  input?: object
  cookie?: string
  /** Default: 200. */
  status?: number
}

export interface Answer {
  ms: number
  text: string
  cookie: string
}

/** Calls a server over one connection. */
export function createGrowthClient(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    port,
    call: ({ procedure, isQuery = false, input = {}, cookie = '', status = 200 }: Call): Promise<Answer> => {
      const { promise, resolve, reject } = Promise.withResolvers<Answer>()
      const body = JSON.stringify(input)
      const query = isQuery ? `?input=${encodeURIComponent(body)}` : ''
      const headers = { cookie, ...(!isQuery && { 'content-type': 'application/json' }) }
      const at = { port, host: '127.0.0.1', path: `/trpc/${procedure}${query}`, agent, headers }
      const begun = performance.now()
      const sent = request({ ...at, method: isQuery ? 'GET' : 'POST' })
      sent.once('error', reject)
      sent.once('response', (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        answer.once('end', () => {
          const ms = performance.now() - begun
          if (answer.statusCode !== status) return reject(new Error(`${procedure} ${body}: ${text}`))
          const cookies = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';', 1).join())
          resolve({ ms, text, cookie: cookies.join('; ') })
        })
      })
      sent.end(isQuery ? undefined : body)
      return promise
    },
    close: () => agent.destroy(),
  }
}

export type GrowthClient = ReturnType<typeof createGrowthClient>
