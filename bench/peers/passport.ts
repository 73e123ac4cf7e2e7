// express-session and passport with its strategy for passwords.
import sqliteStore from 'connect-sqlite3'
import express from 'express'
import session from 'express-session'
import passport from 'passport'
import { Strategy } from 'passport-local'
import { createAccounts } from './accounts.ts'
import type { User } from './accounts.ts'
import { openDatabase, settings } from './settings.ts'
import { asSqlite3 } from './sqlite3-calls.ts'

const database = openDatabase()
const accounts = createAccounts(database)
const SessionStore = sqliteStore({ session })

passport.use(
  new Strategy((username, password, done) => {
    void accounts.check(username, password).then((user) => done(null, user ?? false), done)
  }),
)
passport.serializeUser((user, done) => done(null, (user as User).id))
passport.deserializeUser((id: string, done) => done(null, accounts.find(id) ?? false))

const app = express()
app.use(
  session({
    secret: settings.secret,
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax' },
    store: new SessionStore({ db: asSqlite3(database) }),
  }),
)
app.use(passport.session())
app.post('/sign-up', express.json(), async (request, response, next) => {
  const { username, password } = request.body as { username: string; password: string }
  const user = await accounts.signUp(username, password)
  request.logIn(user, (error: unknown) => {
    if (error) next(error)
    else response.json(user)
  })
})
app.post('/log-in', express.json(), passport.authenticate('local'), (request, response) => {
  response.json(request.user)
})
app.get('/me', (request, response) => {
  if (request.isAuthenticated()) response.json(request.user)
  else response.sendStatus(401)
})
app.listen(settings.port, '127.0.0.1')
