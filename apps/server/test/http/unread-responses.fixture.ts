// Starts a server with the limits of the first argument. Accounts request long batches on many connections,
// and read only their heads. Afterwards it reads the rest, and prints the size of each body in order; 0 for
// one that was cut off.
import { newId } from '@app/router/testing'
import type { InFlightByteLimits } from '../../src/admission/in-flight-bytes.ts'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { get } from '../support/raw-call.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import type { RawConnection } from '../support/raw-connection.ts'

const [limits = '', accounts = '1', connections = '60'] = process.argv.slice(2)

/** Adds so many events that ten pages of them fill a batch. */
async function addEvents(app: TestApp, userId: string): Promise<void> {
  const at = app.clock.now()
  const rows = Array.from({ length: 100 }, () => ({
    id: newId(at),
    at,
    event: 'sessions-revoked',
    actor_kind: 'user' as const,
    actor_id: userId,
    subject: userId,
    ip: '192.0.2.1',
    user_agent: 'x'.repeat(300),
    request_id: null,
    detail: null,
    token_id: null,
  }))
  await app.services.db.write((tx) => tx.insertInto('audit_events').values(rows).execute())
}

const calls = Array.from({ length: 10 }, () => 'account.activity')
const inputs = JSON.stringify(Object.fromEntries(calls.map((_, index) => [index, { limit: 100 }])))
const target = `/trpc/${calls.join(',')}?batch=1&input=${encodeURIComponent(inputs)}`

/** Requests a batch, and reads no more than its head. */
async function requestUnread(app: TestApp, { cookie }: CookieActor): Promise<RawConnection> {
  const line = await openRawConnection(app.url)
  line.send(`GET ${target} HTTP/1.1\r\nHost: ${line.host}\r\nCookie: ${cookie}\r\n\r\n`)
  await line.until(/^HTTP\/1\.1 207 [^]*?\r\n\r\n/)
  line.socket.pause()
  return line
}

/** Reads what is left. @returns the size of the body; 0 for one that was cut off */
async function readBody({ socket, until, rest }: RawConnection): Promise<number> {
  socket.resume()
  const text = await Promise.race([until(/\]$/), rest()]).catch(String)
  return text.endsWith(']') ? Number(/^content-length: (\d+)/im.exec(text)?.[1]) : 0
}

// Sound: the test sends it.
const inFlightBytes = limits === '' ? undefined : (JSON.parse(limits) as InFlightByteLimits)
await using app = await testApp(inFlightBytes === undefined ? {} : { inFlightBytes })
const attackers = await Promise.all(Array.from({ length: Number(accounts) }, () => newUser(app)))
for (const { id } of attackers) await addEvents(app, id)
await using lines = new AsyncDisposableStack()
const opened: RawConnection[] = []
for (let count = 0; count < Number(connections); count += 1) {
  const attacker = attackers[count % attackers.length]
  if (attacker !== undefined) opened.push(lines.use(await requestUnread(app, attacker)))
}
const { cookie } = await newUser(app)
const { status } = await get(app.url, 'account.me', cookie)
if (status !== 200) throw new Error(`Another user got ${status}.`)
process.stdout.write(JSON.stringify(await Promise.all(opened.map(readBody))))
