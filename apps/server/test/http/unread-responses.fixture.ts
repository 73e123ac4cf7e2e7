// Starts a server with the limits of the first argument. Accounts request long answers on many connections,
// and read only their heads. Afterwards it reads the rest, and prints the size of each body in order; 0 for
// one that was cut off. The last argument says which answers: `trpc` (batches), `rest` or `tutorial`.
import { newId } from '@app/router/testing'
import type { InFlightByteLimits } from '../../src/admission/in-flight-bytes.ts'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { get } from '../support/raw-call.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import type { RawConnection } from '../support/raw-connection.ts'

const [limits = '', accounts = '1', connections = '60', kind = 'trpc'] = process.argv.slice(2)

/** Adds so many events that ten pages of them fill a batch. They are newer than the sign-up, so pages of all
 * users have the same size. */
async function addEvents(app: TestApp, userId: string): Promise<void> {
  const at = app.clock.now() + 1
  const rows = Array.from({ length: 100 }, () => ({
    id: newId(at),
    at,
    event: 'sessions-revoked',
    actor_kind: 'user' as const,
    actor_id: userId,
    subject: userId,
    ip: '192.0.2.1',
    // Several pages fit into a batch. One page alone must not fit into the buffers of a socket.
    user_agent: 'x'.repeat(kind === 'trpc' ? 300 : 1_000),
    request_id: null,
    detail: null,
    token_id: null,
  }))
  await app.services.db.write((tx) => tx.insertInto('audit_events').values(rows).execute())
}

/** Adds a page of users whose names are longer than any that the procedures store. */
async function addUsers(app: TestApp): Promise<void> {
  const at = app.clock.now()
  const rows = Array.from({ length: 100 }, (_, index) => ({
    id: newId(at),
    username: `user-${index}`,
    name: 'x'.repeat(1_000),
    name_key: 'x',
    role: 'user' as const,
    disabled_at: null,
    created_at: at,
  }))
  await app.services.db.write((tx) => tx.insertInto('users').values(rows).execute())
}

const calls = Array.from({ length: 10 }, () => 'account.activity')
const inputs = JSON.stringify(Object.fromEntries(calls.map((_, index) => [index, { limit: 100 }])))
const targets: Readonly<Record<string, string>> = {
  trpc: `/trpc/${calls.join(',')}?batch=1&input=${encodeURIComponent(inputs)}`,
  rest: '/api/v1/account/activity?limit=100',
  tutorial: '/api/users?limit=100',
}

interface Unread extends RawConnection {
  /** The size of the body. */
  bytes: number
}

/** Requests an answer, and reads no more than its head. */
async function requestUnread(app: TestApp, { cookie }: CookieActor): Promise<Unread> {
  const line = await openRawConnection(app.url)
  line.send(`GET ${targets[kind]} HTTP/1.1\r\nHost: ${line.host}\r\nCookie: ${cookie}\r\n\r\n`)
  const text = await line.until(/^[^]*?\r\n\r\n/)
  const [status = ''] = text.split('\r\n', 1)
  if (!/ 20[07] /.test(status)) throw new Error(`The answer was ${status}.`)
  line.socket.pause()
  return { ...line, bytes: Number(/^content-length: (\d+)/im.exec(text)?.[1]) }
}

/** Reads what is left. @returns the size of the body; 0 for one that was cut off */
async function readBody({ socket, until, rest, bytes }: Unread): Promise<number> {
  socket.resume()
  const whole = new RegExp(`\\r\\n\\r\\n[^]{${bytes}}$`)
  const text = await Promise.race([until(whole), rest()]).catch(String)
  return whole.test(text) ? bytes : 0
}

// Sound: the test sends it.
const inFlightBytes = limits === '' ? undefined : (JSON.parse(limits) as InFlightByteLimits)
await using app = await testApp(inFlightBytes === undefined ? {} : { inFlightBytes })
// The tutorials' list of users is for admins.
const newAttacker = kind === 'tutorial' ? newAdmin : newUser
const attackers = await Promise.all(Array.from({ length: Number(accounts) }, () => newAttacker(app)))
if (kind === 'tutorial') await addUsers(app)
for (const { id } of attackers) await addEvents(app, id)
await using lines = new AsyncDisposableStack()
const opened: Unread[] = []
for (let count = 0; count < Number(connections); count += 1) {
  const attacker = attackers[count % attackers.length]
  if (attacker !== undefined) opened.push(lines.use(await requestUnread(app, attacker)))
}
const { cookie } = await newUser(app)
const { status } = await get(app.url, 'account.me', cookie)
if (status !== 200) throw new Error(`Another user got ${status}.`)
process.stdout.write(JSON.stringify(await Promise.all(opened.map(readBody))))
