import { getCACertificates, setDefaultCACertificates } from 'node:tls'

/** Trusts a certificate as NODE_EXTRA_CA_CERTS does, until the end of the block. */
export function trustCertificate(cert: string): Disposable {
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, cert])
  return { [Symbol.dispose]: () => setDefaultCACertificates(before) }
}
