import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Common reverse proxies, configured as docs/operations.md says. */
const programs = {
  nginx: {
    isInstalled: () => runs('nginx', '-v'),
    args: (folder: string) => ['-p', folder, '-c', 'proxy.conf', '-e', 'error.log'],
    config: (port: number, servers: readonly number[]) => `
daemon off; master_process off; pid nginx.pid;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
  upstream accounts {
    ${servers.map((server) => `server 127.0.0.1:${server} max_fails=0;`).join(' ')}
    keepalive 32;
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
    isInstalled: () => runs('haproxy', '-v'),
    args: () => ['-f', 'proxy.conf', '-db'],
    config: (port: number, servers: readonly number[]) => `
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
${servers.map((server, index) => `  server s${index} 127.0.0.1:${server}`).join('\n')}
`,
  },
} as const

export type ProxyProgram = keyof typeof programs

function runs(program: string, option: string): boolean {
  return spawnSync(program, [option]).error === undefined
}

/** Why tests with a program are skipped; empty when it is installed. */
export function missing(program: ProxyProgram): string {
  return programs[program].isInstalled() ? '' : ` (skipped: ${program} is not installed)`
}

interface ReverseProxy extends AsyncDisposable {
  readonly url: string
}

/** Starts a proxy, which must be installed, on a port in front of the servers. */
export async function startProxy(
  program: ProxyProgram,
  port: number,
  servers: readonly number[],
): Promise<ReverseProxy> {
  const folder = mkdtempSync(path.join(tmpdir(), `app-${program}-`))
  writeFileSync(path.join(folder, 'proxy.conf'), programs[program].config(port, servers))
  const child = spawn(program, programs[program].args(folder), { cwd: folder, stdio: 'ignore' })
  const ended = once(child, 'close')
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP server has an address object, not the name of a pipe.
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
