interface DeviceTimes {
  device_hash: string
  /** Milliseconds since 1970 UTC. */
  created_at: number
  last_used_at: number
}

/** A device that came back after so long is established. */
const establishedAfterMs = 3_600_000

const establishedPerUser = 10
const newPerUser = 10

/**
 * Chooses the devices that are forgotten to make room. Established and new ones do not compete: a program
 * that logs in without cookies leaves a new device each time, which never comes back, and must not push out
 * the browsers of its user. Of established ones the least recently used goes, of new ones the newest, but for
 * the one that has just logged in.
 * @returns their hashes
 */
export function devicesToForget(devices: readonly DeviceTimes[], justUsed: string): string[] {
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
