import { isInstalled, startProgram } from '@app/router/testing'

/** Common reverse proxies, configured as docs/operations.md says. */
const programs = {
  nginx: {
    args: (folder: string) => ['-p', folder, '-c', 'proxy.conf', '-e', 'error.log'],
    config: (port: number, servers: readonly string[], idleMs = 60_000) => `
daemon off; master_process off; pid nginx.pid;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
  upstream accounts {
    ${servers.map((server) => `server ${server} max_fails=0;`).join(' ')}
    keepalive 32; keepalive_timeout ${idleMs}ms;
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://accounts;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }
  }
}`,
  },
  haproxy: {
    args: () => ['-f', 'proxy.conf', '-db'],
    config: (port: number, servers: readonly string[]) => `
defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  timeout check 2s
  option forwardfor
  option redispatch
frontend web
  bind 127.0.0.1:${port}
  default_backend accounts
backend accounts
  option httpchk GET /readyz
  default-server check inter 100ms fall 1 rise 1
${servers.map((server, index) => `  server s${index} ${server}`).join('\n')}
`,
  },
} as const

export type ProxyProgram = keyof typeof programs

/** Why tests with a program are skipped; empty when it is installed. */
export function missing(program: ProxyProgram): string {
  return isInstalled(program) ? '' : ` (skipped: ${program} is not installed)`
}

/**
 * Starts a proxy, which must be installed, on a port in front of servers.
 * @param servers their addresses, such as 127.0.0.1:4000
 * @param idleMs how long nginx keeps an idle connection to a server. Default: that of nginx
 */
export async function startProxy(
  program: ProxyProgram,
  port: number,
  servers: readonly string[],
  idleMs?: number,
): Promise<AsyncDisposable & { readonly url: string }> {
  const { args, config } = programs[program]
  const files = { 'proxy.conf': config(port, servers, idleMs) }
  const proxy = await startProgram({ program, args, files, listen: port })
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose](),
  }
}
