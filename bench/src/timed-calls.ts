import { Agent, request } from 'node:http'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'

/** Reads the options that both timing tests have. @param plants the faults that `--plant` can plant */
export function readTimingOptions(plants: readonly string[]) {
  const { values } = parseArgs({
    options: {
      samples: { type: 'string', default: '200' },
      warmup: { type: 'string', default: '10' },
      cost: { type: 'string', default: '10' },
      plant: { type: 'string', default: 'none' },
    },
  })
  const { samples, warmup, cost, plant } = values
  if (!['none', ...plants].includes(plant))
    throw new Error(`--plant must be none or ${plants.join(' or ')}, not ${plant}.`)
  return { samples: Number(samples), warmup: Number(warmup), cost, plant }
}

interface TimedCall {
  procedure: string
  input: object
  /** Any other status fails the test. */
  status: number
}

/** Creates a client with one connection, whose calls return their milliseconds. */
export function createTimedClient(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const call = async ({ procedure, input, status }: TimedCall): Promise<number> => {
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    const body = JSON.stringify(input)
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const startedAt = performance.now()
    const sent = request({
      port,
      host: '127.0.0.1',
      path: `/trpc/${procedure}`,
      method: 'POST',
      headers,
      agent,
    })
    sent.once('error', reject)
    sent.once('response', (answer) => {
      if (answer.statusCode !== status) reject(new Error(`${procedure} ${body}: status ${answer.statusCode}`))
      answer.resume()
      answer.once('end', () => resolve(performance.now() - startedAt))
    })
    sent.end(body)
    return promise
  }
  return { call, close: () => agent.destroy() }
}

export function printMachine(): void {
  const [load = 0] = loadavg()
  console.log(
    `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}, load ${load.toFixed(1)}`,
  )
}
