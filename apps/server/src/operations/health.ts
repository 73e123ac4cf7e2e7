import { DatabaseUnavailable, SchemaMismatch } from '@app/router'
import type { Services } from '@app/router'
import type { RequestHandler } from 'express'

/** How long a probe waits for the database. */
const timeoutMs = 2_000

/** Whether the process can serve requests: `ready`, or why not. */
export type Readiness = 'ready' | 'database' | 'damaged' | 'migrations' | 'stopping'

/** Checks whether a path is one of the two below, as Express matches it. */
export function isHealthPath(path: string): boolean {
  return /^\/(livez|readyz)\/?$/i.test(path)
}

/** Answers 200 while the event loop runs. */
export const livez: RequestHandler = (_request, response) => {
  response.set('Cache-Control', 'no-store').type('text/plain').send('alive\n')
}

/**
 * Answers 200 when requests may be sent here, else 503 with the reason; within two seconds. Probes that come
 * at the same time share one query.
 */
export function readyz({ db }: Pick<Services, 'db'>, isStopping: () => boolean): RequestHandler {
  let pending: Promise<Readiness> | undefined
  return async (_request, response) => {
    pending ??= checkDatabase(db).finally(() => {
      pending = undefined
    })
    const readiness = isStopping() ? 'stopping' : await withTimeout(pending)
    response
      .status(readiness === 'ready' ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .type('text/plain')
      .send(`${readiness}\n`)
  }
}

async function checkDatabase(db: Services['db']): Promise<Readiness> {
  try {
    await db.check()
    return 'ready'
  } catch (error) {
    if (error instanceof SchemaMismatch) return 'migrations'
    return error instanceof DatabaseUnavailable && error.isDamage ? 'damaged' : 'database'
  }
}

async function withTimeout(answer: Promise<Readiness>): Promise<Readiness> {
  const late = Promise.withResolvers<Readiness>()
  const timer = setTimeout(late.resolve, timeoutMs, 'database')
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
