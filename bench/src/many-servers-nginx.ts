import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

interface Nginx extends AsyncDisposable {
  readonly pid: number
}

/** Starts one nginx process that leads each port to its servers, with the settings of docs/operations.md. */
export async function startNginx(ports: ReadonlyMap<number, readonly number[]>): Promise<Nginx> {
  const folder = mkdtempDisposableSync(path.join(tmpdir(), 'app-bench-nginx-'))
  const blocks = [...ports].map(([port, servers]) => block(port, servers))
  writeFileSync(
    path.join(folder.path, 'nginx.conf'),
    `daemon off; master_process off; pid nginx.pid;
events { worker_connections 512; }
http {
  access_log off; keepalive_requests 1000000;
  client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
${blocks.join('\n')}
}`,
  )
  const child = spawn('nginx', ['-p', folder.path, '-c', 'nginx.conf', '-e', 'error.log'], {
    stdio: 'ignore',
  })
  const ended = once(child, 'close')
  for (const port of ports.keys()) await untilAccepting(port)
  return {
    pid: child.pid ?? 0,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
      folder.remove()
    },
  }
}

function block(port: number, servers: readonly number[]): string {
  return `  upstream accounts${port} {
    ${servers.map((server) => `server 127.0.0.1:${server} max_fails=0;`).join(' ')}
    keepalive 64; keepalive_requests 1000000;
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://accounts${port}; proxy_http_version 1.1;
      proxy_set_header Connection ""; proxy_set_header Host $http_host;
    }
  }`
}

async function untilAccepting(port: number): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    const isAccepting = await fetch(`http://127.0.0.1:${port}/livez`).then(
      () => true,
      () => false,
    )
    if (isAccepting) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('nginx does not accept connections.')
}
