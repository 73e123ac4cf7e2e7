import type { ServerResponse } from 'node:http'
import { createTally, networkOf } from '@app/router'
import { atEnd } from '../http/at-end.ts'
import { perRequest } from '../http/per-request.ts'

export interface InFlightByteLimits {
  /** Of one account, or of one address without a session. */
  caller: number
  process: number
}

const inFlightByteLimits: InFlightByteLimits = { caller: 8 * 1024 * 1024, process: 128 * 1024 * 1024 }

/**
 * Counts bytes of requests and responses in memory, from the start of a call until its response has been
 * sent.
 */
export interface InFlightBytes {
  /**
   * Reserves the maximum that a call may need, instead of its previous reservation. The end of the response
   * releases it.
   * @returns false when there is no room; then the call must not run
   */
  reserve(response: ServerResponse, key: string, bytes: number): boolean
  /**
   * Counts the actual bytes, and allows the call to be cut off: it waits for the client to send a body or
   * read a response.
   */
  waitForClient(response: ServerResponse, bytes: number): void
  /** Forbids to cut the call off: its body has arrived, and only the server delays it. */
  endWaitForClient(response: ServerResponse): void
  readonly total: number
}

interface Reservation {
  response: ServerResponse
  key: string
  network: string
  bytes: number
  isWaiting: boolean
  /** Higher than those of all earlier ones. */
  number: number
  /** In the list. */
  index: number
}

const kept = perRequest<ServerResponse, Reservation | undefined>('reservation')

/**
 * Creates the counter. When a caller reaches its limit, its oldest call that waits for the client is cut off:
 * a stolen session whose client does not read must not stop the user's calls. When the process reaches its
 * limit, the caller with the most bytes, in the network with the most, loses its oldest waiting call.
 */
export function createInFlightBytes(limits: InFlightByteLimits = inFlightByteLimits): InFlightBytes {
  /**
   * Not a Map by response: the tables that a Map leaves behind keep responses in memory until the next full
   * garbage collection.
   */
  const all: Reservation[] = []
  let reserved = 0
  const [ofCallers, ofNetworks] = [createTally(), createTally()]
  let total = 0

  const add = ({ key, network }: Reservation, bytes: number) => {
    total += bytes
    ofCallers.add(key, bytes)
    ofNetworks.add(network, bytes)
  }
  const release = (response: ServerResponse) => {
    const entry = kept.get(response)
    if (entry === undefined) return
    kept.set(response, undefined)
    // The last one takes its place.
    const last = all.pop()
    if (last !== undefined && last !== entry) {
      all[entry.index] = last
      last.index = entry.index
    }
    add(entry, -entry.bytes)
  }
  const cutOne = (caller?: string): boolean => {
    const waiting = all.filter(({ key, isWaiting }) => isWaiting && (caller ?? key) === key)
    const inNetwork = withMost(waiting, ({ network }) => ofNetworks.of(network))
    const ofCaller = withMost(inNetwork, ({ key }) => ofCallers.of(key))
    const [oldest] = withMost(ofCaller, ({ number }) => -number)
    if (oldest === undefined) return false
    oldest.response.destroy()
    release(oldest.response)
    return true
  }

  return {
    reserve: (response, key, bytes) => {
      if (kept.get(response) !== undefined) release(response)
      else atEnd(response, () => release(response))
      while (ofCallers.of(key) + bytes > limits.caller) if (!cutOne(key)) return false
      while (total + bytes > limits.process) if (!cutOne()) return false
      reserved += 1
      const entry = {
        response,
        key,
        network: networkOf(key),
        bytes,
        isWaiting: false,
        number: reserved,
        index: all.length,
      }
      all.push(entry)
      kept.set(response, entry)
      add(entry, bytes)
      return true
    },
    waitForClient: (response, bytes) => {
      const entry = kept.get(response)
      if (entry === undefined) return
      add(entry, bytes - entry.bytes)
      entry.bytes = bytes
      entry.isWaiting = true
    },
    endWaitForClient: (response) => {
      const entry = kept.get(response)
      if (entry !== undefined) entry.isWaiting = false
    },
    get total() {
      return total
    },
  }
}

function withMost<T>(items: readonly T[], sumOf: (item: T) => number): T[] {
  const most = Math.max(...items.map(sumOf))
  return items.filter((item) => sumOf(item) === most)
}
