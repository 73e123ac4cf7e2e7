import { randomBytes } from 'node:crypto'
import { textLimits } from '@app/contract'
import { createAdmin, createServices, hasAccounts, verifyEnteredAddress } from '@app/router'
import type { AccountSettings, Services } from '@app/router'
import { Browser } from './browser.ts'
import { writeNotes } from './notes/write-notes.ts'
import { clientOf, usernames } from './users.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Writes the data of each user, one function for each feature. The first user is the admin. */
const dataWriters: readonly ((browser: Browser, userIndex: number) => Promise<void>)[] = [
  // One line a feature.
  writeNotes,
]

/** Replaces settings that refuse calls of the seed, make hashes slow, or ask a service. */
const seedSettings = {
  passwordHashCost: 4,
  passwordMin: textLimits.password.min,
  breachCheckUrl: null,
  limits: 'relaxed',
  signup: 'open',
  passwordLogin: 'on',
  adminSecondFactor: 'optional',
  sessionTimeouts: {
    idleMs: hourMs,
    absoluteMs: dayMs,
    rememberedIdleMs: 14 * dayMs,
    rememberedAbsoluteMs: 30 * dayMs,
  },
} satisfies Partial<AccountSettings>

interface Seeded {
  users: number
  admin: string
  password: string
}

/**
 * Creates the accounts, their data and the events of a month, through the procedures that browsers call, so
 * that all rows are like those of real calls. Hashes are cheap; the first log-in of each account makes a new
 * one.
 * @param password of all accounts. Default: a random one, so that a copy of the database on a server is not
 * open to all
 * @returns null when there are accounts
 */
export async function seedDatabase(
  settings: AccountSettings,
  password = randomBytes(12).toString('base64url'),
): Promise<Seeded | null> {
  let now = Date.now() - 30 * dayMs
  const services = await createServices(
    { ...settings, ...seedSettings },
    {
      cookies: { secure: true, sameSite: 'lax', port: null },
      publicUrl: () => 'http://localhost',
      mailMode: 'none',
      clock: () => now,
      log: { info: ignore, warn: ignore, error: (_fields, message) => console.error(message) },
    },
  )
  try {
    if (await hasAccounts(services.db.read)) return null
    const [admin, ...others] = usernames
    await makeAdmin(services, admin, password)
    for (const [index, username] of others.entries()) {
      now += dayMs
      const browser = new Browser(services, clientOf(index + 1))
      const email = index % 2 === 0 ? { email: `${username}@example.org` } : {}
      const { user } = await browser.call((api) =>
        api.auth.signup({ username, password, name: capitalized(username), ...email }),
      )
      now += 5 * 60_000
      if (index % 4 === 0) await verifyEnteredAddress(services, user.id)
      await writeData(browser, index + 1)
      if (index % 3 === 0) await browser.call((api) => api.auth.logout())
    }
    await changeUsersAsAdmin(services, { admin, password })
    now = Date.now() - hourMs
    await visit(services, password)
    return { users: usernames.length, admin, password }
  } finally {
    await services.close()
  }
}

async function makeAdmin(services: Services, username: string, password: string): Promise<void> {
  const outcome = await createAdmin(services, { username, password: () => Promise.resolve(password) })
  if (!outcome.ok) throw new Error(`The admin cannot be created: ${outcome.failure.reason}.`)
}

async function writeData(browser: Browser, userIndex: number): Promise<void> {
  for (const write of dataWriters) await write(browser, userIndex)
}

/** Acts as the admin, who has data too: one account becomes an admin, one is disabled. */
async function changeUsersAsAdmin(
  services: Services,
  { admin, password }: { admin: string; password: string },
): Promise<void> {
  const browser = new Browser(services, clientOf(0))
  await browser.call((api) => api.auth.login({ username: admin, password }))
  await writeData(browser, 0)
  const idOf = async (username: string) => {
    const { items } = await browser.call((api) => api.users.list({ search: username }))
    return items.find((user) => user.username === username)?.id ?? ''
  }
  const [promoted, disabled] = [await idOf('barbara'), await idOf('tony')]
  await browser.call((api) => api.users.setRole({ id: promoted, role: 'admin' }))
  await browser.call((api) => api.users.setDisabled({ id: disabled, disabled: true }))
}

/** Adds the events of the last hour: failed guesses, and log-ins from two browsers. */
async function visit(services: Services, password: string): Promise<void> {
  const attacker = new Browser(services, { ip: '203.0.113.9', userAgent: 'curl/8.14.1' })
  for (const username of ['alan', 'alan', 'root']) {
    await attacker.call((api) => api.auth.login({ username, password: 'a wrong guess' })).catch(ignore)
  }
  for (const [userIndex, username] of usernames.slice(0, 3).entries()) {
    for (const device of [0, 1]) {
      const browser = new Browser(services, clientOf(userIndex, device))
      await browser.call((api) => api.auth.login({ username, password, remember: device === 1 }))
    }
  }
}

function capitalized(username: string): string {
  return username.charAt(0).toUpperCase() + username.slice(1)
}

function ignore(): void {
  // Failed guesses are wanted: they are events.
}
