import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { isIPv4 } from 'node:net'

export interface Certificate {
  /** Both in PEM. */
  key: string
  cert: string
}

/**
 * Makes a certificate that signs itself for a DNS name or an IPv4 address (X.509 v3, P-256), valid from
 * yesterday until tomorrow. Node can read certificates but not make them.
 * @param validDays its first and last moment, in days from now
 */
export function makeCertificate(
  host: string,
  validDays: [from: number, until: number] = [-1, 1],
): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  // Two authorities of one name would be taken for each other.
  const name = sequence(set(sequence(commonName, der(0x0c, Buffer.from(randomUUID())))))
  const body = sequence(
    der(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256,
    name,
    sequence(...validDays.map(utcTime)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(isAuthority, sequence(alternativeNames, octets(sequence(alternativeName(host)))))),
  )
  const signature = sign('sha256', body, privateKey)
  const certificate = sequence(body, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
  }
}

/** One value in DER (ITU-T X.690): tag, length, content. */
function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents)
  const long =
    content.length < 256 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 255]
  return Buffer.concat([Buffer.from([tag, ...(content.length < 128 ? [content.length] : long)]), content])
}

function sequence(...values: Buffer[]): Buffer {
  return der(0x30, ...values)
}

function set(value: Buffer): Buffer {
  return der(0x31, value)
}

function octets(value: Buffer): Buffer {
  return der(0x04, value)
}

function integer(value: number): Buffer {
  return der(0x02, Buffer.from([value]))
}

function alternativeName(host: string): Buffer {
  return isIPv4(host) ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host))
}

function utcTime(daysFromNow: number): Buffer {
  const time = new Date(Date.now() + daysFromNow * 86_400_000).toISOString()
  return der(0x17, Buffer.from(`${time.slice(2, 19).replaceAll(/[-:T]/g, '')}Z`))
}

function objectId(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'))
}

const commonName = objectId('550403')
const alternativeNames = objectId('551d11')
const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'))
const isAuthority = sequence(objectId('551d13'), octets(sequence(der(0x01, Buffer.from([0xff])))))
