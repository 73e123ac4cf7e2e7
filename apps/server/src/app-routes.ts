import express from 'express'
import type { Express, RequestHandler } from 'express'
import { api } from './api/api.ts'
import type { Config } from './config/config.ts'
import { serveMailbox } from './mailbox/serve-mailbox.ts'
import { connectionReport, connectionReportPath } from './operations/connection-report.ts'
import { livez, readyz } from './operations/health.ts'
import type { Metrics } from './operations/metrics.ts'
import { plainPagePaths } from './plain-pages/plain-forms.ts'
import { servePlainPages } from './plain-pages/serve-plain-pages.ts'
import { providerRoutes } from './providers/provider-routes.ts'
import type { BuiltWeb } from './web/built-web.ts'
import { changePasswordPath, toChangePassword } from './web/change-password.ts'
import { robotsTxt } from './web/robots-txt.ts'
import { securityTxt, securityTxtPath } from './web/security-txt.ts'
import { sentForms } from './web/sent-forms.ts'
import { serveWeb } from './web/serve-web.ts'

interface AppRoutesDeps {
  config: Config
  /** What the routes that call procedures have in common. */
  calls: Parameters<typeof api>[0]
  web: BuiltWeb | null
  publicUrl: () => string
  metrics: Metrics | null
  isDraining: () => boolean
  stopping: AbortSignal
  /** Routes besides the API. */
  ownRoutes: RequestHandler | undefined
  /** Serves pages instead of the built web app. */
  pages: RequestHandler | undefined
}

/** Returns all routes but /trpc, in the order in which they are tried. */
export function appRoutes(deps: AppRoutesDeps): Express {
  const { config, calls, web, publicUrl, metrics, isDraining, stopping, ownRoutes, pages } = deps
  const { services, origins, stylePage } = calls
  const routes = express()
  routes.disable('x-powered-by').disable('etag').set('query parser', false)
  routes.get('/livez', livez)
  routes.get('/readyz', readyz(services, isDraining))
  routes.get(connectionReportPath, connectionReport({ services, config, publicUrl, stopping }))
  if (metrics !== null) routes.use(['/api', ...plainPagePaths], metrics.count)
  routes.use(api(calls))
  if (services.providers.size > 0) routes.use(providerRoutes(services, publicUrl))
  routes.use(servePlainPages(calls))
  if (ownRoutes !== undefined) routes.use(ownRoutes)
  if (services.mailMode === 'mailbox') routes.use(serveMailbox(services, stylePage))
  routes.get(changePasswordPath, toChangePassword)
  routes.get('/robots.txt', robotsTxt)
  const contact = { contacts: config.securityContact, publicUrl, clock: services.wallClock }
  routes.get(securityTxtPath, securityTxt(contact))
  routes.use(sentForms(origins))
  if (pages !== undefined) routes.use(pages)
  routes.use(serveWeb(web, config.publicUrl))
  return routes
}
