import { networkOf } from './bounded-limiter.ts'

/**
 * Places that callers keep for long, like connections. When all are taken, the caller with the most loses
 * one.
 */
export interface FairShares {
  /**
   * @param address the key of an address
   * @param evict called when the place is given to another address
   * @returns null when all places are taken and no other network, or address of it, has more
   */
  enter(address: string, evict: () => void): Disposable | null
  readonly total: number
}

interface Network {
  /** Of each address what evicts from its places, oldest first. */
  addresses: Map<string, Set<() => void>>
  count: number
}

const noNetwork: Network = { addresses: new Map(), count: 0 }

/**
 * Takes the newest place of the address with the most, in the network with the most (/48 or /24), so that an
 * attacker with thousands of addresses of one network keeps no other network out.
 */
export function createFairShares(most: number): FairShares {
  const networks = new Map<string, Network>()
  let total = 0

  const add = (address: string, place: () => void) => {
    const name = networkOf(address)
    const network: Network = networks.get(name) ?? { addresses: new Map(), count: 0 }
    const places = network.addresses.get(address) ?? new Set()
    network.addresses.set(address, places.add(place))
    network.count += 1
    networks.set(name, network)
    total += 1
  }
  const remove = (address: string, place: () => void) => {
    const network = networks.get(networkOf(address))
    const places = network?.addresses.get(address)
    if (network === undefined || places?.delete(place) !== true) return
    if (places.size === 0) network.addresses.delete(address)
    network.count -= 1
    if (network.count === 0) networks.delete(networkOf(address))
    total -= 1
  }
  /** @returns the newcomer's own address unless another one has more */
  const greediest = (newcomer: string): string => {
    const network = keyWithMost(networks, networkOf(newcomer), ({ count }) => count)
    const { addresses } = networks.get(network) ?? noNetwork
    return keyWithMost(addresses, newcomer, ({ size }) => size)
  }

  return {
    enter: (address, evict) => {
      const place = () => evict()
      add(address, place)
      const slot = { [Symbol.dispose]: () => remove(address, place) }
      if (total <= most) return slot
      const loser = greediest(address)
      const lost = loser === address ? place : newestOf(networks, loser)
      remove(loser, lost)
      if (lost === place) return null
      lost()
      return slot
    },
    get total() {
      return total
    },
  }
}

function newestOf(networks: ReadonlyMap<string, Network>, address: string): () => void {
  const places = networks.get(networkOf(address))?.addresses.get(address) ?? []
  return [...places].at(-1) ?? (() => undefined)
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
