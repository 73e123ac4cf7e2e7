import { readFileSync } from 'node:fs'
import { startProgram } from '@app/router/testing'
import type { Certificate } from '@app/router/testing'

const page = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8')

const programs = {
  nginx: {
    listing: /^With nginx:\n\n```nginx\n(.*?)^```$/ms,
    args: (folder: string) => ['-p', folder, '-c', 'proxy.conf', '-e', 'error.log'],
    whole: (listing: string) => `daemon off; master_process off; pid nginx.pid;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
  ${listing}
}`,
  },
  haproxy: {
    listing: /^With HAProxy:\n\n```\n(.*?)^```$/ms,
    args: () => ['-f', 'proxy.conf', '-db'],
    whole: (listing: string) => listing,
  },
} as const

interface ProxyOptions {
  /** Its port for https. */
  listen: number
  /** Its port for plain http. */
  plain: number
  /** The port of the server behind it. */
  server: number
  certificate: Certificate
  /** Changes the file of docs/operations.md. */
  change?: (config: string) => string
}

/** Starts a proxy with the whole file that docs/operations.md has for it; only ports and paths differ. */
export function startDocumentedProxy(
  program: keyof typeof programs,
  { listen, plain, server, certificate, change = (config) => config }: ProxyOptions,
): Promise<AsyncDisposable> {
  const { listing, args, whole } = programs[program]
  const config = (listing.exec(page)?.[1] ?? '')
    .replaceAll(/\/etc\/ssl\/accounts\.example\.org\.(pem|key)/g, 'proxy.$1')
    .replaceAll(/((?:listen |bind :))80\b/g, (_, start: string) => ofThisMachine(start, plain))
    .replaceAll(/((?:listen |bind :))443\b/g, (_, start: string) => ofThisMachine(start, listen))
    .replaceAll('127.0.0.1:8087', `127.0.0.1:${server}`)
  const files = {
    'proxy.conf': whole(change(config)),
    // HAProxy reads the key from the same file.
    'proxy.pem': certificate.cert + certificate.key,
    'proxy.key': certificate.key,
  }
  return startProgram({ program, args, files, listen })
}

function ofThisMachine(start: string, port: number): string {
  return `${start.replace(':', '')}127.0.0.1:${port}`
}
