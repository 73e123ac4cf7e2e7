/** Who waits in a queue. */
export interface QueueCaller {
  /** An account, or an address without one. */
  readonly key: string
  readonly network: string
}

/** Beyond this number of remembered keys or networks (1 MB) all are equal again. */
const maxTurns = 10_000

/** Newcomers pass a caller that had a turn for this many turns, so that a flood of them ends. */
const newcomerLead = 100

interface Waiting<T> {
  readonly caller: QueueCaller
  readonly items: T[]
}

/**
 * Items that wait in the order of their callers: the next one is of the network whose last turn was longest
 * ago, and there of the key whose last turn was longest ago. So a key with many items, or a network with many
 * keys, delays another network by one turn. Items of one key keep their order.
 */
export class FairOrder<T> {
  readonly #waiting = new Map<string, Waiting<T>>()
  /** The number of the last turn of each key and network since nothing waited. */
  readonly #keyTurns = new Map<string, number>()
  readonly #networkTurns = new Map<string, number>()
  #turn = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Returns how many items of a key wait. */
  waitingOf(key: string): number {
    return this.#waiting.get(key)?.items.length ?? 0
  }

  add(caller: QueueCaller, item: T): void {
    const waiting = this.#waiting.get(caller.key)
    if (waiting === undefined) this.#begin(caller, item)
    else waiting.items.push(item)
    this.#size += 1
  }

  /**
   * Takes the next item.
   * @param mayGo checks whether a caller may have a turn now. Default: all may
   */
  take(mayGo: (caller: QueueCaller) => boolean = () => true): { caller: QueueCaller; item: T } | undefined {
    if (this.#size === 0) this.#forgetTurns()
    const next = this.#next(mayGo)
    const item = next?.items.shift()
    if (next === undefined || item === undefined) return undefined
    this.#removed(next)
    this.count(next.caller)
    return { caller: next.caller, item }
  }

  /** Counts a turn, also one of a caller that did not have to wait. */
  count(caller: QueueCaller): void {
    this.#turn += 1
    this.#setTurns(caller, this.#turn, this.#turn)
  }

  /** Removes an item that waits no longer. @returns false when it has had its turn */
  remove(key: string, item: T): boolean {
    const waiting = this.#waiting.get(key)
    const at = waiting?.items.indexOf(item) ?? -1
    if (waiting === undefined || at === -1) return false
    waiting.items.splice(at, 1)
    this.#removed(waiting)
    return true
  }

  #begin(caller: QueueCaller, item: T): void {
    this.#waiting.set(caller.key, { caller, items: [item] })
    const newcomer = this.#turn - newcomerLead
    const ofKey = this.#keyTurns.get(caller.key) ?? newcomer
    this.#setTurns(caller, ofKey, this.#networkTurns.get(caller.network) ?? newcomer)
  }

  #setTurns({ key, network }: QueueCaller, ofKey: number, ofNetwork: number): void {
    if (Math.max(this.#keyTurns.size, this.#networkTurns.size) >= maxTurns) this.#forgetTurns()
    this.#keyTurns.set(key, ofKey)
    this.#networkTurns.set(network, ofNetwork)
  }

  #next(mayGo: (caller: QueueCaller) => boolean): Waiting<T> | undefined {
    let next: Waiting<T> | undefined
    for (const each of this.#waiting.values())
      if ((next === undefined || this.#isBefore(each.caller, next.caller)) && mayGo(each.caller)) next = each
    return next
  }

  #isBefore(one: QueueCaller, other: QueueCaller): boolean {
    const [keys, networks] = [this.#keyTurns, this.#networkTurns]
    if (one.network !== other.network)
      return (networks.get(one.network) ?? 0) < (networks.get(other.network) ?? 0)
    return (keys.get(one.key) ?? 0) < (keys.get(other.key) ?? 0)
  }

  #removed({ caller, items }: Waiting<T>): void {
    this.#size -= 1
    if (items.length === 0) this.#waiting.delete(caller.key)
  }

  #forgetTurns(): void {
    this.#keyTurns.clear()
    this.#networkTurns.clear()
  }
}
