import { BlockList, isIP } from 'node:net'

/**
 * Addresses that do not come from the Internet: loopback, private (RFC 1918, 4193), shared (RFC 6598) and
 * link-local.
 */
const privateNetworks = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
]

/** Checks whether a text is an address, or an address with a prefix length. */
export function isNetwork(text: string): boolean {
  const { address, bits, length } = parse(text)
  return bits !== 0 && /^\d{1,3}$/.test(length) && Number(length) <= bits && isIP(address) !== 0
}

/**
 * Returns a check for addresses of proxies. When PROXY_ADDRESSES is empty, the proxy that connects must be in
 * a private network, and the ones before it may have any address.
 * @param hop 0 for the proxy that connects, 1 for the one before it
 */
export function proxyCheck(networks: readonly string[]): (address: string, hop: number) => boolean {
  const list = new BlockList()
  for (const text of networks.length > 0 ? networks : privateNetworks) {
    const { address, bits, length } = parse(text)
    list.addSubnet(address, Number(length), bits === 32 ? 'ipv4' : 'ipv6')
  }
  return (address, hop) =>
    (networks.length === 0 && hop > 0) || list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}

const isPrivate = proxyCheck([])

/** Checks whether an address belongs to a network that the Internet does not reach. */
export function isPrivateAddress(address: string): boolean {
  return isPrivate(address, 0)
}

function parse(text: string): { address: string; bits: 0 | 32 | 128; length: string } {
  const [address = '', length] = text.split('/')
  const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : 0
  return { address, bits, length: length ?? String(bits) }
}
