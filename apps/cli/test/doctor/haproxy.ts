import { isInstalled, startProgram } from '@app/router/testing'

export const hasHaproxy = isInstalled('haproxy')

interface HaproxyOptions {
  listen: number
  /** The port of the server behind it. */
  server: number
  /** The line about X-Forwarded-For. */
  forwardfor: string
}

/** Starts HAProxy. */
export function startHaproxy({ listen, server, forwardfor }: HaproxyOptions): Promise<AsyncDisposable> {
  const config = `defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  ${forwardfor}
frontend web
  bind 127.0.0.1:${listen}
  default_backend accounts
backend accounts
  server one 127.0.0.1:${server}
`
  return startProgram({
    program: 'haproxy',
    args: () => ['-f', 'haproxy.cfg', '-db'],
    files: { 'haproxy.cfg': config },
    listen,
  })
}
