import { networkOf } from './bounded-limiter.ts'

/**
 * Slots that callers keep for long, like connections. When all are taken, the caller with the most loses one.
 */
export interface FairShares {
  /**
   * @param address the key of an address
   * @param evict called when the slot goes to another address
   * @returns null when all slots are taken and no other network, or address of it, has more
   */
  enter(address: string, evict: () => void): Disposable | null
  readonly total: number
}

interface Network {
  /** For each address the functions that evict from its slots, oldest first. */
  addresses: Map<string, Set<() => void>>
  count: number
}

const noNetwork: Network = { addresses: new Map(), count: 0 }

/**
 * Evicts the newest slot of the address with the most, in the network with the most (/48 or /24). So an
 * attacker with thousands of addresses of one network rejects no other network.
 */
export function createFairShares(limit: number): FairShares {
  const networks = new Map<string, Network>()
  let total = 0

  const add = (address: string, slot: () => void) => {
    const name = networkOf(address)
    const network: Network = networks.get(name) ?? { addresses: new Map(), count: 0 }
    const slots = network.addresses.get(address) ?? new Set()
    network.addresses.set(address, slots.add(slot))
    network.count += 1
    networks.set(name, network)
    total += 1
  }
  const remove = (address: string, slot: () => void) => {
    const network = networks.get(networkOf(address))
    const slots = network?.addresses.get(address)
    if (network === undefined || slots?.delete(slot) !== true) return
    if (slots.size === 0) network.addresses.delete(address)
    network.count -= 1
    if (network.count === 0) networks.delete(networkOf(address))
    total -= 1
  }
  /** @returns the newcomer's own address unless another one has more */
  const findHeaviest = (newcomer: string): string => {
    const network = keyWithMost(networks, networkOf(newcomer), ({ count }) => count)
    const { addresses } = networks.get(network) ?? noNetwork
    return keyWithMost(addresses, newcomer, ({ size }) => size)
  }

  return {
    enter: (address, evict) => {
      const own = () => evict()
      add(address, own)
      const slot = { [Symbol.dispose]: () => remove(address, own) }
      if (total <= limit) return slot
      const heaviest = findHeaviest(address)
      const evicted = heaviest === address ? own : newestOf(networks, heaviest)
      remove(heaviest, evicted)
      if (evicted === own) return null
      evicted()
      return slot
    },
    get total() {
      return total
    },
  }
}

function newestOf(networks: ReadonlyMap<string, Network>, address: string): () => void {
  const slots = networks.get(networkOf(address))?.addresses.get(address) ?? []
  return [...slots].at(-1) ?? (() => undefined)
}

/** @returns the preferred key unless another one has more */
function keyWithMost<T>(
  map: ReadonlyMap<string, T>,
  preferred: string,
  countOf: (value: T) => number,
): string {
  const own = map.get(preferred)
  let [found, most] = [preferred, own === undefined ? -1 : countOf(own)]
  for (const [key, value] of map) {
    const count = countOf(value)
    if (count > most) [found, most] = [key, count]
  }
  return found
}
