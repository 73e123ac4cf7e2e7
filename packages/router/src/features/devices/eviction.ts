interface DeviceTimes {
  device_hash: string
  /** Milliseconds since 1970 UTC. */
  created_at: number
  last_used_at: number
}

/** A device is established if it was used again after so long. */
const establishedAfterMs = 3_600_000

const establishedPerUser = 10
const newPerUser = 10

/**
 * Chooses the devices to delete when there are too many. Established and new devices do not compete: a
 * program that logs in without cookies leaves a new device each time, and must not evict the browsers of its
 * user. Evicts the least recently used established device, and the newest new device except the one that has
 * just logged in.
 * @returns their hashes
 */
export function devicesToEvict(devices: readonly DeviceTimes[], justUsed: string): string[] {
  const isEstablished = (device: DeviceTimes) => device.last_used_at - device.created_at >= establishedAfterMs
  const isOther = ({ device_hash: hash }: DeviceTimes) => hash !== justUsed
  const established = devices
    .filter(isEstablished)
    .toSorted((one, other) => other.last_used_at - one.last_used_at)
  const unestablished = devices.filter((device) => !isEstablished(device))
  const newest = unestablished.filter(isOther).toSorted((one, other) => other.created_at - one.created_at)
  const surplus = Math.max(0, unestablished.length - newPerUser)
  return [...established.slice(establishedPerUser), ...newest.slice(0, surplus)].map(
    ({ device_hash: hash }) => hash,
  )
}
