import { Router } from 'express'
import { setHeaders } from '../http/security-headers.ts'
import { sendFailure } from '../http/send-failure.ts'
import { cors } from './origin.ts'
import { serveCalls } from './serve-calls.ts'

type ApiOptions = Parameters<typeof serveCalls>[0] & { allowedOrigins: readonly string[] }

/** Serves everything under /trpc and /api. No cache may store any of it. */
export function api({ allowedOrigins, ...options }: ApiOptions): Router {
  const router = Router()
  router.use(['/trpc', '/api'], setHeaders({ 'Cache-Control': 'no-store' }), cors(allowedOrigins))
  router.use('/trpc', serveCalls(options))
  router.use('/api', (_request, response) => sendFailure(response, { reason: 'NO_SUCH_PROCEDURE' }))
  return router
}
