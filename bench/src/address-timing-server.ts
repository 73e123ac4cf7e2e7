import { addressOf, knownUsers } from './address-timing-users.ts'
import { openTimingServer, signUpForTiming } from './timing-server.ts'

// The server of the timing test of addresses. Its users have verified their addresses. With `lookup` it works
// longer for known accounts, as long as the last message of the parent process says.
const [cost = '10', plant] = process.argv.slice(2)
const server = await openTimingServer(cost, (config) =>
  signUpForTiming(config, { usernames: knownUsers, email: addressOf }),
)
const { db, outbox } = server.services
await db.write((tx) => tx.updateTable('emails').set({ verified_at: Date.now() }).execute())
if (plant === 'lookup') {
  let lookupMs = 0
  process.on('message', (ms) => {
    lookupMs = Number(ms)
    process.send?.('set')
  })
  const { sealer } = outbox
  const { seal } = sealer
  sealer.seal = (text, context) => {
    if (text.includes('"identifier":"known-')) spin(lookupMs)
    return seal(text, context)
  }
}
server.announce()

/** Works for some milliseconds, as a lookup of known accounts would. */
function spin(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}
