import type { ServerResponse } from 'node:http'

import { networkOf } from '@app/router'

export interface InFlightByteLimits {
  /** Of one account, or of one address without a session. */
  caller: number
  process: number
}

const inFlightByteLimits: InFlightByteLimits = { caller: 8 * 1024 * 1024, process: 128 * 1024 * 1024 }

/**
 * Bytes of requests and answers that are in memory: from the start of a call until its answer has been sent.
 */
export interface InFlightBytes {
  /**
   * Takes room for what a call may need, instead of what it has already. It is given back when the answer has
   * been sent or the client has left.
   * @returns false when there is none; the call must not be made then
   */
  reserve(response: ServerResponse, key: string, bytes: number): boolean
  /** Says what there really is, now that the rest is up to the client: it sends a body, or takes an answer. */
  waitForClient(response: ServerResponse, bytes: number): void
  readonly total: number
}

interface Held {
  key: string
  bytes: number
  isWaiting: boolean
}

/**
 * When a caller is full, its oldest call that waits for the client is cut: it may be another client, one that
 * does not read, with a stolen session. When the process is full, the one is cut that has waited for longest
 * of the caller with the most bytes, in the network with the most: clients that neither write nor read must
 * not keep the others out for as long as it takes to notice them.
 */
export function createInFlightBytes(limits: InFlightByteLimits = inFlightByteLimits): InFlightBytes {
  const held = new Map<ServerResponse, Held>()
  /** By caller, and by network. */
  const sums = new Map<string, number>()
  const networkKey = (key: string) => `network ${networkOf(key)}`
  let total = 0

  const add = (key: string, bytes: number) => {
    total += bytes
    for (const each of [key, networkKey(key)]) {
      const sum = (sums.get(each) ?? 0) + bytes
      if (sum === 0) sums.delete(each)
      else sums.set(each, sum)
    }
  }
  const release = (response: ServerResponse) => {
    const entry = held.get(response)
    if (entry === undefined) return
    held.delete(response)
    add(entry.key, -entry.bytes)
  }
  const cutOne = (caller?: string): boolean => {
    const waiting = [...held].filter(([, { key, isWaiting }]) => isWaiting && (caller ?? key) === key)
    const inNetwork = withMost(waiting, ([, { key }]) => sums.get(networkKey(key)) ?? 0)
    const [[response] = []] = withMost(inNetwork, ([, { key }]) => sums.get(key) ?? 0)
    if (response === undefined) return false
    response.destroy()
    release(response)
    return true
  }

  return {
    reserve: (response, key, bytes) => {
      if (held.has(response)) release(response)
      else response.once('close', () => release(response))
      while ((sums.get(key) ?? 0) + bytes > limits.caller) if (!cutOne(key)) return false
      while (total + bytes > limits.process) if (!cutOne()) return false
      held.set(response, { key, bytes, isWaiting: false })
      add(key, bytes)
      return true
    },
    waitForClient: (response, bytes) => {
      const entry = held.get(response)
      if (entry === undefined) return
      add(entry.key, bytes - entry.bytes)
      Object.assign(entry, { bytes, isWaiting: true })
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
