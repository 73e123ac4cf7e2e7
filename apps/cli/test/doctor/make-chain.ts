import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isInstalled } from '@app/router/testing'
import type { Certificate } from '@app/router/testing'

const program = 'openssl'

export const hasOpenssl = isInstalled(program)

interface Chain {
  /** The file of the root, which clients trust. */
  rootFile: string
  /** In PEM. */
  intermediate: string
  leaf: Certificate
}

/** Makes a root, an authority below it, and a certificate of that authority for 127.0.0.1. */
export function makeChain(folder: string): Chain {
  const file = (name: string) => path.join(folder, name)
  const openssl = (args: string[]) => execFileSync(program, args, { cwd: folder, stdio: 'ignore' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const root = ['-keyout', 'root.key', '-out', 'root.pem', '-subj', '/CN=root', '-days', '90']
  openssl(['req', '-x509', ...key, ...root])
  for (const [name, issuer, extensions] of [
    ['middle', 'root', 'basicConstraints=critical,CA:TRUE'],
    ['leaf', 'middle', 'subjectAltName=IP:127.0.0.1'],
  ] as const) {
    writeFileSync(file(`${name}.ext`), extensions)
    openssl(['req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`])
    const signer = ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial']
    const request = ['-in', `${name}.csr`, '-out', `${name}.pem`, '-days', '90', '-extfile', `${name}.ext`]
    openssl(['x509', '-req', ...request, ...signer])
  }
  return {
    rootFile: file('root.pem'),
    intermediate: readFileSync(file('middle.pem'), 'utf8'),
    leaf: { key: readFileSync(file('leaf.key'), 'utf8'), cert: readFileSync(file('leaf.pem'), 'utf8') },
  }
}
