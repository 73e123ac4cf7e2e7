export type Cbor = number | string | Uint8Array | ReadonlyMap<number | string, Cbor>

/** Encodes what an authenticator sends (RFC 8949): integers of 4 bytes, texts, bytes and maps. */
export function encodeCbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') {
    const bytes = Buffer.from(value)
    return Buffer.concat([head(3, bytes.length), bytes])
  }
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  const entries = [...value].flatMap(([key, each]) => [encodeCbor(key), encodeCbor(each)])
  return Buffer.concat([head(5, value.size), ...entries])
}

function head(major: number, argument: number): Buffer {
  const type = major << 5
  if (argument < 24) return Buffer.from([type | argument])
  if (argument < 2 ** 8) return Buffer.from([type | 24, argument])
  if (argument < 2 ** 16) return Buffer.from([type | 25, argument >> 8, argument & 255])
  const bytes = Buffer.alloc(5)
  bytes.writeUInt8(type | 26)
  bytes.writeUInt32BE(argument, 1)
  return bytes
}
