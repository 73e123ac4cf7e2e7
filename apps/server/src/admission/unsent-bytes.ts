import type { ServerResponse } from 'node:http'

export interface UnsentLimits {
  /** Of one account, or of one address without a session. */
  caller: number
  process: number
}

const unsentLimits: UnsentLimits = { caller: 8 * 1024 * 1024, process: 128 * 1024 * 1024 }

/**
 * Bytes of requests and answers that are in memory: from the start of a call until its answer has been sent.
 */
export interface UnsentBytes {
  /**
   * Takes room for what a call may need. It is given back when the answer has been sent or the client has
   * left.
   * @returns false when there is none; the call must not be made then
   */
  reserve(response: ServerResponse, key: string, bytes: number): boolean
  /** Says what the answer really has, now that it is made and being sent. */
  settle(response: ServerResponse, bytes: number): void
  readonly total: number
}

interface Held {
  key: string
  bytes: number
  isSending: boolean
}

/**
 * When a caller is full, its oldest answer that is being sent is cut: it may be another client, one that does
 * not read, with a stolen session. When the process is full, the answer is cut that has been sent for longest
 * to the caller with the most unsent bytes: clients that do not read must not keep the others out for as long
 * as it takes to notice them.
 */
export function createUnsentBytes(limits: UnsentLimits = unsentLimits): UnsentBytes {
  const held = new Map<ServerResponse, Held>()
  const byCaller = new Map<string, number>()
  let total = 0

  const add = (key: string, bytes: number) => {
    total += bytes
    const sum = (byCaller.get(key) ?? 0) + bytes
    if (sum === 0) byCaller.delete(key)
    else byCaller.set(key, sum)
  }
  const release = (response: ServerResponse) => {
    const entry = held.get(response)
    if (entry === undefined) return
    held.delete(response)
    add(entry.key, -entry.bytes)
  }
  const cutOne = (caller?: string): boolean => {
    const sending = [...held].filter(([, { key, isSending }]) => isSending && (caller ?? key) === key)
    const sumOf = (entry: Held) => byCaller.get(entry.key) ?? 0
    const most = Math.max(...sending.map(([, entry]) => sumOf(entry)))
    const [response] = sending.find(([, entry]) => sumOf(entry) === most) ?? []
    if (response === undefined) return false
    response.destroy()
    release(response)
    return true
  }

  return {
    reserve: (response, key, bytes) => {
      while ((byCaller.get(key) ?? 0) + bytes > limits.caller) if (!cutOne(key)) return false
      while (total + bytes > limits.process) if (!cutOne()) return false
      held.set(response, { key, bytes, isSending: false })
      add(key, bytes)
      response.once('close', () => release(response))
      return true
    },
    settle: (response, bytes) => {
      const entry = held.get(response)
      if (entry === undefined) return
      add(entry.key, bytes - entry.bytes)
      Object.assign(entry, { bytes, isSending: true })
    },
    get total() {
      return total
    },
  }
}
