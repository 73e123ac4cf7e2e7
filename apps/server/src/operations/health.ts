import { DatabaseUnavailable, SchemaMismatch, type Services } from '@app/router'
import type { RequestHandler } from 'express'

const patienceMs = 2_000

/** Whether the process can do its work: `ready`, or the word for why not. */
export type Readiness = 'ready' | 'database' | 'damaged' | 'migrations' | 'stopping'

/** Whether a path is one of the two below, as Express spells it. */
export function isHealthPath(path: string): boolean {
  return /^\/(livez|readyz)\/?$/i.test(path)
}

/** 200 while the event loop turns. */
export const livez: RequestHandler = (_request, response) => {
  response.set('Cache-Control', 'no-store').type('text/plain').send('alive\n')
}

/**
 * 200 when requests may be sent here, else 503 with a reason word; always within two seconds. The database is asked once for all
 * who ask at the same time.
 */
export function readyz({ db }: Pick<Services, 'db'>, isStopping: () => boolean): RequestHandler {
  let asking: Promise<Readiness> | undefined
  return async (_request, response) => {
    asking ??= askDatabase(db).finally(() => {
      asking = undefined
    })
    const readiness = isStopping() ? 'stopping' : await withPatience(asking)
    response
      .status(readiness === 'ready' ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .type('text/plain')
      .send(`${readiness}\n`)
  }
}

async function askDatabase(db: Services['db']): Promise<Readiness> {
  try {
    await db.check()
    return 'ready'
  } catch (error) {
    if (error instanceof SchemaMismatch) return 'migrations'
    return error instanceof DatabaseUnavailable && error.isDamage ? 'damaged' : 'database'
  }
}

async function withPatience(answer: Promise<Readiness>): Promise<Readiness> {
  const late = Promise.withResolvers<Readiness>()
  const timer = setTimeout(late.resolve, patienceMs, 'database')
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
