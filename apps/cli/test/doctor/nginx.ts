import { freePort, isInstalled, startProgram } from '@app/router/testing'
import type { Certificate } from '@app/router/testing'

export const hasNginx = isInstalled('nginx')

interface NginxOptions {
  /** The port of the server behind it. */
  port: number
  /** Lines of the location, besides proxy_pass. Default: those of docs/operations.md. */
  lines?: readonly string[]
  /** Of HTTP to the server. nginx's own default is 1.0. */
  version?: '1.0' | '1.1'
  certificate?: Certificate
  /** The port that it listens on. Default: a free one. */
  listen?: number
}

export const documentedLines = [
  'proxy_set_header Host $http_host;',
  'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
]

/** Starts nginx on a free port. */
export async function startNginx(options: NginxOptions): Promise<AsyncDisposable & { readonly url: string }> {
  const { certificate, lines = documentedLines, version = '1.1', listen = await freePort() } = options
  const tls = certificate === undefined ? '' : 'ssl_certificate cert.pem; ssl_certificate_key key.pem;'
  const config = `daemon off; master_process off; pid nginx.pid;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
  server {
    listen 127.0.0.1:${listen}${certificate === undefined ? '' : ' ssl'}; ${tls}
    location / {
      proxy_pass http://127.0.0.1:${options.port};
      proxy_http_version ${version};
      proxy_set_header Connection "";
      ${lines.join('\n      ')}
    }
  }
}`
  const program = await startProgram({
    program: 'nginx',
    args: (folder) => ['-p', folder, '-c', 'nginx.conf', '-e', 'error.log'],
    files: {
      'nginx.conf': config,
      ...(certificate === undefined ? {} : { 'cert.pem': certificate.cert, 'key.pem': certificate.key }),
    },
    listen,
  })
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${listen}`,
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  }
}
