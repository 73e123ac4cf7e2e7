// better-auth behind its own handler, and its session check in the context of a tRPC guard.
import { initTRPC, TRPCError } from '@trpc/server'
import { createExpressMiddleware } from '@trpc/server/adapters/express'
import bcrypt from 'bcrypt'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node'
import express from 'express'
import superjson from 'superjson'
import { openDatabase, settings } from './settings.ts'

const auth = betterAuth({
  baseURL: `http://127.0.0.1:${settings.port}`,
  secret: settings.secret,
  database: openDatabase(),
  emailAndPassword: {
    enabled: true,
    password: {
      hash: (password) => bcrypt.hash(password, settings.hashCost),
      verify: ({ hash, password }) => bcrypt.compare(password, hash),
    },
  },
  // A cached session skips the database and ends up to five minutes late. It is off by default.
  session: { cookieCache: { enabled: process.argv.includes('--cookie-cache') } },
  rateLimit: { enabled: false },
  logger: { level: 'error' },
})
await (await getMigrations(auth.options)).runMigrations()

const t = initTRPC
  .context<{ session: Awaited<ReturnType<typeof auth.api.getSession>> }>()
  .create({ transformer: superjson })
const protectedProcedure = t.procedure.use(({ ctx: { session }, next }) => {
  if (session === null) throw new TRPCError({ code: 'UNAUTHORIZED' })
  return next({ ctx: { session } })
})
const router = t.router({ me: protectedProcedure.query(({ ctx }) => ctx.session.user) })
/** Imported as a type by the client. */
export type GuardedRouter = typeof router

const app = express()
app.all('/api/auth/*splat', toNodeHandler(auth))
app.use(
  '/trpc',
  createExpressMiddleware({
    router,
    createContext: async ({ req }) => ({
      session: await auth.api.getSession({ headers: fromNodeHeaders(req.headers) }),
    }),
  }),
)
app.listen(settings.port, '127.0.0.1')
