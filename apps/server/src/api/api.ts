import { Router } from 'express'
import { docsPath, documentPath, serveApiDocs } from '../api-docs/serve-api-docs.ts'
import type { Config } from '../config/config.ts'
import { setHeaders } from '../http/security-headers.ts'
import { sendFailure } from '../http/send-failure.ts'
import type { Step } from '../http/steps.ts'
import { describeProblem } from '../rest/describe-problem.ts'
import { restBase } from '../rest/rest-path.ts'
import { serveRest } from '../rest/serve-rest.ts'
import { serveTutorialApi } from '../tutorial-api/serve-tutorial-api.ts'
import type { StylePage } from '../web/page-style.ts'
import { cors } from './origin.ts'
import { serveCalls } from './serve-calls.ts'

type ApiOptions = Parameters<typeof serveCalls>[0] & {
  config: Pick<Config, 'allowedOrigins' | 'servesApiDocs'>
}

/** No cache may store a response. */
const noStore = setHeaders({ 'Cache-Control': 'no-store' })

/** Returns the steps of a request under /trpc. Express takes no part: it costs as much as a whole call. */
export function trpcSteps({ config: { allowedOrigins }, ...options }: ApiOptions): Step[] {
  return [noStore, cors(allowedOrigins, ['GET', 'POST']), serveCalls(options)]
}

/** Serves everything under /api. */
export function api({ config, stylePage, ...options }: ApiOptions & { stylePage: StylePage }): Router {
  const { allowedOrigins, servesApiDocs } = config
  const router = Router()
  router.use('/api', noStore)
  const restMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
  router.use(restBase, cors(allowedOrigins, restMethods), serveRest(options))
  router.use('/api/problems', describeProblem)
  if (servesApiDocs) {
    router.use([documentPath, docsPath], cors(allowedOrigins, ['GET', 'HEAD']))
    router.use(serveApiDocs(options.services, stylePage))
  }
  router.use('/api', cors(allowedOrigins, ['GET', 'POST', 'PUT', 'DELETE']), serveTutorialApi(options))
  router.use('/api', (_request, response) => sendFailure(response, { reason: 'NO_SUCH_PROCEDURE' }))
  return router
}
