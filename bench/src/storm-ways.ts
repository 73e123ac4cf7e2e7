import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createHashWorkers } from '@app/router'
import type { Hasher } from '@app/router'
import bcrypt from 'bcrypt'
import type { ChildAnswer, ChildRequest } from './storm-hash-child.ts'

/** An alternative way to hash, for comparison. */
export interface Way {
  hasher: Hasher
  children: readonly ChildProcess[]
  close(): void
}

/**
 * @param way `libuv` for bcrypt's asynchronous calls with `UV_THREADPOOL_SIZE` threads; `threads` or
 *   `children`, optionally with a colon and their niceness from 0 to 19
 * @param count of threads or child processes
 */
export function createWay(way: string, count: number): Way {
  const [kind, niceness = '0'] = way.split(':')
  if (kind === 'libuv') return { hasher: bcrypt, children: [], close: () => undefined }
  if (kind === 'threads') {
    const threads = createHashWorkers({ threads: count, niceness: Number(niceness) })
    return { hasher: threads, children: [], close: () => void threads.close() }
  }
  if (kind === 'children') return inChildren(count, niceness)
  throw new Error(`--way must be libuv, threads or children, not ${way}.`)
}

function inChildren(count: number, niceness: string): Way {
  const program = path.join(import.meta.dirname, 'storm-hash-child.ts')
  const children = Array.from({ length: count }, () => fork(program, [niceness]))
  const free = [...children]
  const waiting: ((child: ChildProcess) => void)[] = []
  const send = async (request: ChildRequest): Promise<ChildAnswer> => {
    const child = free.pop() ?? (await new Promise<ChildProcess>((resolve) => waiting.push(resolve)))
    child.send(request)
    // Sound: the child sends only answers.
    const [answer] = (await once(child, 'message')) as [ChildAnswer]
    const next = waiting.shift()
    if (next === undefined) free.push(child)
    else next(child)
    return answer
  }
  return {
    hasher: {
      hash: async (text, cost) => (await send({ text, cost })).hash ?? '',
      compare: async (text, hash) => (await send({ text, hash })).matches === true,
    },
    children,
    close: () => children.forEach((child) => child.disconnect()),
  }
}
