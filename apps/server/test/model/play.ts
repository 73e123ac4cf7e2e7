import { liveSessions, newWorld, ownerOf, whoIs } from './account-model.ts'
import type { World } from './account-model.ts'
import { devices, toLine } from './command.ts'
import type { Command, ServerNumber, Typed, Username } from './command.ts'
import { newOutside, receive } from './outside.ts'
import type { Outside } from './outside.ts'
import { askWhoIs, perform } from './perform.ts'
import { predict } from './predict.ts'
import type { Call } from './predict.ts'
import { startServers } from './servers.ts'
import type { Servers } from './servers.ts'

const passwords = ['correct horse battery', 'staple of another kind'] as const

/** Without signed-in users, most random steps would only fail with UNAUTHENTICATED. */
const opening: readonly Command[] = [
  {
    do: 'log in',
    by: { device: 'laptop', server: 1 },
    username: 'root',
    password: 'right',
    remember: true,
  },
  { do: 'sign up', by: { device: 'phone', server: 2 }, username: 'ada', remember: false },
  {
    do: 'log in',
    by: { device: 'tablet', server: 1 },
    username: 'ada',
    password: 'right',
    remember: true,
  },
]

/** The servers differed from the model. The message is the protocol. */
export class Divergence extends Error {}

interface Play {
  servers: Servers
  world: World
  outside: Outside
  steps: number
  protocol: string[]
}

/**
 * Does the steps with two servers and with the model. After each step they must agree on its outcome and on
 * who is signed in where, and at the end on every cookie that there ever was.
 * @throws Divergence
 */
export async function play(kind: 'sqlite' | 'postgres', steps: readonly Command[]): Promise<void> {
  await using servers = await startServers(kind, passwords[0])
  const game: Play = { servers, world: newWorld(), outside: newOutside(), steps: 0, protocol: [] }
  for (const step of [...opening, ...steps]) {
    game.steps += 1
    game.protocol.push(`${String(game.steps).padStart(2)}. ${toLine(step)}`)
    await advance(game, step)
    await compareDevices(game)
  }
  await compareEveryCookie(game)
}

async function advance(game: Play, step: Command): Promise<void> {
  const { servers, world, outside } = game
  switch (step.do) {
    case 'wait':
      await servers.advance(step.seconds)
      world.now += step.seconds
      return
    case 'restart':
      return servers.restart(step.server)
    case 'copy the cookie':
      outside.currentCookie[step.to] = outside.currentCookie[step.from]
      world.currentPass[step.to] = world.currentPass[step.from]
      return
    default: {
      const typed = passwordsOf(world, step)
      const expected = predict(world, step)
      const seen = await perform(outside, servers.url(step.by.server), step, typed)
      game.protocol.push(`    ${seen.answer}; cookie ${seen.cookie}`)
      mustAgree(game, 'the call', expected, seen)
      mustAgree(game, 'the mails', world.mails.splice(0), receive(outside, await servers.sendMails()))
    }
  }
}

/** Of the named user, the user of the link, or the caller. */
function passwordsOf(world: World, call: Call): Record<Typed, string> {
  const ofLink =
    call.do === 'reset the password' ? world.recoveryLinks.at(-1 - call.which)?.username : undefined
  const ofAddress = call.do === 'log in by address' ? ownerOf(world, call.address) : undefined
  const username: Username =
    'username' in call
      ? call.username
      : (ofLink ?? ofAddress ?? world.currentPass[call.by.device]?.session.username ?? 'root')
  const present = world.users.get(username)?.password ?? 0
  return { right: passwords[present], wrong: passwords[present === 0 ? 1 : 0] }
}

async function compareDevices(game: Play): Promise<void> {
  const { servers, world, outside } = game
  const server = serverFor(game.steps)
  const seen = await Promise.all(
    devices.map(async (device) => {
      const cookie = outside.currentCookie[device]
      return cookie === undefined ? 'signed out' : askWhoIs(outside, servers.url(server), cookie)
    }),
  )
  const expected = devices.map((device) => whoIs(world, world.currentPass[device]))
  mustAgree(game, devices.join(', '), expected, seen)
}

/** Also cookies that no device has any more. */
async function compareEveryCookie(game: Play): Promise<void> {
  const { servers, world, outside } = game
  const seen = await Promise.all(
    outside.cookies.map((cookie, index) => askWhoIs(outside, servers.url(serverFor(index)), cookie)),
  )
  const expected = world.passes.map((pass) => whoIs(world, pass))
  mustAgree(game, 'every cookie that was ever set, oldest first', expected, seen)
}

function serverFor(count: number): ServerNumber {
  return count % 2 === 0 ? 1 : 2
}

function mustAgree(game: Play, what: string, expected: unknown, seen: unknown): void {
  const [wanted, got] = [JSON.stringify(expected, null, 2), JSON.stringify(seen, null, 2)]
  if (wanted === got) return
  const alive = [...game.world.users.keys()].flatMap((username) => liveSessions(game.world, username))
  throw new Divergence(
    [
      ...game.protocol,
      `At ${game.world.now} s, ${what}:`,
      `the model says ${wanted}`,
      `the server says ${got}`,
      `alive by the model: ${alive.map(({ number, username }) => `${number} (${username})`).join(', ')}`,
    ].join('\n'),
  )
}
