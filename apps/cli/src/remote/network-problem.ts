import { causesOf, codeOf } from '../error-causes.ts'

/** A response that is not the server's: a proxy answered in its place, or redirected. */
export class ForeignResponse extends Error {
  override readonly name = 'ForeignResponse'
}

const sentences: { [code: string]: (host: string) => string } = {
  ECONNREFUSED: (host) =>
    `No program accepts connections at ${host}. Check the address, and that the server runs.`,
  ENOTFOUND: (host) => `The name of ${host} was not found. Check the address.`,
  EAI_AGAIN: (host) => `The name of ${host} could not be looked up. Check the network of this machine.`,
  ECONNRESET: (host) =>
    `${host} closed the connection without an answer. Check that it speaks this protocol (http or https).`,
  UND_ERR_SOCKET: (host) =>
    `${host} closed the connection without an answer. Check that it speaks this protocol (http or https).`,
  ENETUNREACH: (host) => `This machine has no network that leads to ${host}.`,
  EHOSTUNREACH: (host) => `This machine has no network that leads to ${host}.`,
  ETIMEDOUT: (host) => `${host} did not answer. Check the address and the firewalls between.`,
  UND_ERR_CONNECT_TIMEOUT: (host) => `${host} did not answer. Check the address and the firewalls between.`,
  CERT_HAS_EXPIRED: (host) => `The certificate of ${host} has expired. Renew it.`,
  CERT_NOT_YET_VALID: (host) =>
    `The certificate of ${host} is not valid yet. Check the clock of this machine.`,
  DEPTH_ZERO_SELF_SIGNED_CERT: (host) => selfSigned(host),
  SELF_SIGNED_CERT_IN_CHAIN: (host) => selfSigned(host),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: (host) => incomplete(host),
  UNABLE_TO_GET_ISSUER_CERT: (host) => incomplete(host),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: (host) => incomplete(host),
  ERR_TLS_CERT_ALTNAME_INVALID: (host) =>
    `The certificate is for another name than ${host}. Use a name of the certificate, or get one for this name.`,
  ERR_SSL_WRONG_VERSION_NUMBER: (host) => `${host} speaks no TLS. Is it an http address?`,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: (host) => `${host} speaks no TLS. Is it an http address?`,
  EPROTO: (host) => `${host} speaks no TLS. Is it an http address?`,
}

function selfSigned(host: string): string {
  return `The certificate of ${host} is signed by no authority that this machine trusts. If it is your own, set NODE_EXTRA_CA_CERTS to the file of that authority.`
}

function incomplete(host: string): string {
  return `The chain of certificates of ${host} is not complete, or its authority is unknown. Let the server send the intermediate certificates too, or set NODE_EXTRA_CA_CERTS.`
}

/** Says why a request got no response, in one sentence with the next step. */
export function networkProblem(error: unknown, host: string): string {
  const foreign = causesOf(error).find((cause) => cause instanceof ForeignResponse)
  if (foreign !== undefined) return foreign.message
  const code = codeOf(error)
  const sentence = code === undefined ? undefined : sentences[code]
  return sentence?.(host) ?? `${host} cannot be reached${code === undefined ? '' : ` (${code})`}.`
}
