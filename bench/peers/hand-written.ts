// A session look-up written by hand: Express, a random cookie and one prepared select.
import { randomBytes } from 'node:crypto'
import { parseCookie } from 'cookie'
import express from 'express'
import type { Response } from 'express'
import { createAccounts } from './accounts.ts'
import type { User } from './accounts.ts'
import { openDatabase, settings } from './settings.ts'

interface Credentials {
  username: string
  password: string
}

const database = openDatabase()
const accounts = createAccounts(database)
database.exec('create table sessions (id text primary key, user_id text not null, ends_at integer not null)')
const insert = database.prepare('insert into sessions (id, user_id, ends_at) values (?, ?, ?)')
const select = database.prepare<[string, number], User>(
  'select users.id, username from sessions join users on users.id = user_id where sessions.id = ? and ends_at > ?',
)

const app = express()
app.post('/sign-up', express.json(), async (request, response) => {
  const { username, password } = request.body as Credentials
  openSession(response, await accounts.signUp(username, password))
})
app.post('/log-in', express.json(), async (request, response) => {
  const { username, password } = request.body as Credentials
  const user = await accounts.check(username, password)
  if (user === null) response.sendStatus(401)
  else openSession(response, user)
})
app.get('/me', (request, response) => {
  const session = parseCookie(request.headers.cookie ?? '')['session'] ?? ''
  const user = select.get(session, Date.now())
  if (user === undefined) response.sendStatus(401)
  else response.json(user)
})
app.listen(settings.port, '127.0.0.1')

function openSession(response: Response, user: User): void {
  const id = randomBytes(32).toString('base64url')
  insert.run(id, user.id, Date.now() + 86_400_000)
  response.cookie('session', id, { httpOnly: true, sameSite: 'lax' }).json(user)
}
