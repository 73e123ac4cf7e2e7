import { DatabaseUnavailable, SchemaMismatch } from '@app/router'
import type { Services } from '@app/router'
import type { RequestHandler } from 'express'

/** How long a probe waits for the database. */
const timeoutMs = 2_000

/** Whether the process can serve requests, or why not. Sent as the body of `/readyz`. */
type Readiness =
  | { status: 'ready' }
  | { status: 'not-ready'; reason: 'database' | 'damaged' | 'migrations' | 'stopping' }

function notReady(reason: (Readiness & { status: 'not-ready' })['reason']): Readiness {
  return { status: 'not-ready', reason }
}

/** Checks whether a path is one of the two below, as Express matches it. */
export function isHealthPath(path: string): boolean {
  return /^\/(livez|readyz)\/?$/i.test(path)
}

/** Answers 200 while the event loop runs. */
export const livez: RequestHandler = (_request, response) => {
  response.set('Cache-Control', 'no-store').type('text/plain').send('alive\n')
}

/**
 * Answers 200 when this process can serve requests, otherwise 503 with the reason, within two seconds.
 * Simultaneous probes share one query.
 */
export function readyz({ db }: Pick<Services, 'db'>, isStopping: () => boolean): RequestHandler {
  let pending: Promise<Readiness> | undefined
  return async (_request, response) => {
    pending ??= checkDatabase(db).finally(() => {
      pending = undefined
    })
    const readiness = isStopping() ? notReady('stopping') : await withTimeout(pending)
    response
      .status(readiness.status === 'ready' ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .type('text/plain')
      .send(`${readiness.status === 'ready' ? 'ready' : readiness.reason}\n`)
  }
}

async function checkDatabase(db: Services['db']): Promise<Readiness> {
  try {
    await db.check()
    return { status: 'ready' }
  } catch (error) {
    if (error instanceof SchemaMismatch) return notReady('migrations')
    return notReady(error instanceof DatabaseUnavailable && error.isDamage ? 'damaged' : 'database')
  }
}

async function withTimeout(answer: Promise<Readiness>): Promise<Readiness> {
  const late = Promise.withResolvers<Readiness>()
  const timer = setTimeout(late.resolve, timeoutMs, notReady('database'))
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
