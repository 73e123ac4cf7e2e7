/** Who waits in a line. */
export interface Waiter {
  /** An account, or an address without one. */
  readonly key: string
  readonly network: string
}

/** Beyond this number of remembered turns (1 MB) all keys and networks are equal again. */
const maxTurns = 10_000

interface KeyLine<T> {
  readonly waiter: Waiter
  readonly items: T[]
}

/**
 * Items that wait for their turn. The next one is of the network whose last turn was longest ago, and there
 * of the key whose last turn was longest ago. So a key with many items, or a network with many keys, delays
 * others by one turn. Items of one key keep their order.
 */
export class FairLine<T> {
  readonly #lines = new Map<string, KeyLine<T>>()
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
    return this.#lines.get(key)?.items.length ?? 0
  }

  add(waiter: Waiter, item: T): void {
    const line = this.#lines.get(waiter.key)
    if (line === undefined) this.#lines.set(waiter.key, { waiter, items: [item] })
    else line.items.push(item)
    this.#size += 1
  }

  /**
   * Takes the next item.
   * @param mayGo checks whether a key may have a turn now. Default: all may
   */
  take(mayGo: (waiter: Waiter) => boolean = () => true): { waiter: Waiter; item: T } | undefined {
    if (this.#size === 0) this.#forgetTurns()
    const line = this.#nextLine(mayGo)
    const item = line?.items.shift()
    if (line === undefined || item === undefined) return undefined
    this.#removed(line)
    this.count(line.waiter)
    return { waiter: line.waiter, item }
  }

  /** Counts a turn, also one of a waiter that did not have to wait. */
  count({ key, network }: Waiter): void {
    if (this.#keyTurns.size >= maxTurns) this.#forgetTurns()
    this.#turn += 1
    this.#keyTurns.set(key, this.#turn)
    this.#networkTurns.set(network, this.#turn)
  }

  /** Removes an item that waits no longer. @returns false when it has had its turn */
  remove(key: string, item: T): boolean {
    const line = this.#lines.get(key)
    const at = line?.items.indexOf(item) ?? -1
    if (line === undefined || at === -1) return false
    line.items.splice(at, 1)
    this.#removed(line)
    return true
  }

  #nextLine(mayGo: (waiter: Waiter) => boolean): KeyLine<T> | undefined {
    let next: KeyLine<T> | undefined
    for (const line of this.#lines.values())
      if ((next === undefined || this.#isBefore(line.waiter, next.waiter)) && mayGo(line.waiter)) next = line
    return next
  }

  #isBefore(one: Waiter, other: Waiter): boolean {
    const [keys, networks] = [this.#keyTurns, this.#networkTurns]
    const difference = (networks.get(one.network) ?? 0) - (networks.get(other.network) ?? 0)
    if (one.network !== other.network) return difference < 0
    return (keys.get(one.key) ?? 0) < (keys.get(other.key) ?? 0)
  }

  #removed({ waiter, items }: KeyLine<T>): void {
    this.#size -= 1
    if (items.length === 0) this.#lines.delete(waiter.key)
  }

  #forgetTurns(): void {
    this.#keyTurns.clear()
    this.#networkTurns.clear()
  }
}
