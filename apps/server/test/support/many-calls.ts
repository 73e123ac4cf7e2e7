import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'

/** The parts of a response that tests of thousands of responses check. */
interface Glance {
  status: number | undefined
  text: string
  /** The lines that set cookies. */
  setCookie: string[]
}

/** Makes calls with these cookies, several at a time, over connections that are kept. */
export async function callWithEach(
  url: string,
  path: string,
  cookies: readonly string[],
  input?: object,
): Promise<[cookie: string, Glance][]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  const call = async (cookie: string): Promise<Glance> => {
    const { promise, resolve, reject } = Promise.withResolvers<Glance>()
    const method = input === undefined ? 'GET' : 'POST'
    const headers = { cookie, ...(input === undefined ? {} : { 'content-type': 'application/json' }) }
    const outgoing = request(`${url}/trpc/${path}`, { agent, method, headers }, (response) => {
      const { statusCode: status, headers: answered } = response
      text(response).then(
        (whole) => resolve({ status, text: whole, setCookie: answered['set-cookie'] ?? [] }),
        reject,
      )
    })
    outgoing.once('error', reject)
    outgoing.end(input === undefined ? undefined : JSON.stringify(input))
    return promise
  }
  try {
    return await Promise.all(cookies.map(async (cookie) => [cookie, await call(cookie)] as [string, Glance]))
  } finally {
    agent.destroy()
  }
}
