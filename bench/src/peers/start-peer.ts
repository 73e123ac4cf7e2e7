import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@app/router/testing'
import { cpuMsOfThreads, withChildren } from '../cpu-time.ts'
import { cookiesOf, openConnection, postTo } from '../storm-connection.ts'
import type { Connection } from '../storm-connection.ts'
import { commandOf } from './peer-command.ts'
import type { Peer, Post } from './peers.ts'

export interface RunningPeer extends AsyncDisposable {
  peer: Peer
  port: number
  /** Users that signed up, with the cookies of a session. */
  users: readonly { username: string; cookie: string }[]
  /** Returns a user name that no account has. */
  newUsername: () => string
  /** CPU time of the server with its threads and child processes. */
  cpuMicros: () => number
}

/** Starts a server on an empty database and signs users up. */
export async function startPeer(peer: Peer, hashCost: number, userCount: number): Promise<RunningPeer> {
  const port = await freePort()
  const folder = mkdtempSync(path.join(tmpdir(), 'app-bench-'))
  const { command, args, env } = commandOf(peer, { port, folder, hashCost })
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = once(child, 'exit')
  const stop = async () => {
    child.kill()
    await ended
    rmSync(folder, { recursive: true })
  }
  try {
    await untilReady(port, () => child.exitCode !== null)
    const users = []
    for (let index = 0; index < userCount; index += 1) {
      const username = `bench-${index}`
      users.push({ username, cookie: await signUp(port, peer.signUp(username)) })
    }
    let names = 0
    return {
      peer,
      port,
      users,
      newUsername: () => `new-${(names += 1)}`,
      cpuMicros: () =>
        withChildren(child.pid ?? 0).reduce((sum, pid) => sum + cpuMsOfThreads(pid), 0) * 1_000,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function untilReady(port: number, hasEnded: () => boolean): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null)
    await answer?.body?.cancel()
    if (answer !== null) return
    if (hasEnded()) throw new Error('A server of the benchmark ended at its start.')
    await sleep(50)
  }
}

async function signUp(port: number, { path: at, body }: Post): Promise<string> {
  const connection: Connection = openConnection(port)
  const { status, text } = await connection.ask(postTo(connection, at, body))
  connection.close()
  if (status !== 200) throw new Error(text)
  return cookiesOf(text)
}
