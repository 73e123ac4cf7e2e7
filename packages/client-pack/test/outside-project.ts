import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appRouter } from '@app/router'
import { packClient } from '../src/pack-client.ts'

/** A folder outside this repository where npm has installed the packed client. */
export interface OutsideProject extends Disposable {
  folder: string
  write(file: string, text: string): string
}

export async function outsideProject(): Promise<OutsideProject> {
  const folder = mkdtempSync(join(tmpdir(), 'outside-project-'))
  const write = (file: string, text: string) => {
    writeFileSync(join(folder, file), text)
    return join(folder, file)
  }
  write('package.json', '{ "name": "outside", "private": true, "type": "module" }')
  const tarball = await packClient(appRouter, folder)
  const { status, stderr } = spawnSync('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return { folder, write, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Exports the results of calls, so its declarations must name each of their types. */
export const programOf = (client: string): string => `
import { attempt, createClient, everyCallText, failureOf } from '${client}'

export const api = createClient('http://localhost:8087')
export const me = () => api.account.me.query()
export const renamed = (name: string) => attempt(api.account.updateProfile.mutate({ name }))
export async function revoke(id: string) {
  const result = await attempt(api.sessions.revoke.mutate({ id }))
  return result.ok ? result.value : result.failure
}
export const listen = () =>
  api.sessions.events.subscribe(undefined, {
    onData: ({ data }) => console.log(data.type),
    onError: (error) => console.log(failureOf(error).reason),
  })
export async function logIn(): Promise<string> {
  const result = await attempt(api.auth.login.mutate({ username: 'ada', password: 'x' }))
  if (result.ok) {
    const login = result.value
    return login.status === 'signed-in' ? login.user.username : login.methods.join()
  }
  const { failure } = result
  switch (failure.reason) {
    case 'INVALID_CREDENTIALS':
    case 'PASSWORD_LOGIN_OFF':
      return 'wrong'
    case 'BUSY':
      return String(failure.retryAfterSeconds)
    default:
      return everyCallText(failure)
  }
}
`
