import { setTimeout as sleep } from 'node:timers/promises'
import {
  countAdminsWithoutFactor,
  countSealedSecrets,
  createAdmin,
  hasAccounts,
  hasAdmin,
  resealSecrets,
  unlockAccount,
} from '@app/router'
import type { StatementRecorder } from '@app/router/testing'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newBrowser } from '../identities/browser.ts'
import { gitHubServer, linkGitHubUser } from '../identities/github-server.ts'
import { newUser, newUsername, password } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { readMetrics } from '../support/read-metrics.ts'
import { verifyAddress } from '../support/recovery-mails.ts'

/**
 * Starts a server on the database of another one: with the machine's clock, a newer secret, a provider, and
 * a sender for the mails that wait.
 */
export async function driveSecondServer(
  { clock, databaseUrl, services }: TestApp,
  record: StatementRecorder,
): Promise<void> {
  await using github = await gitHubServer()
  const start = () =>
    testApp({
      databaseUrl,
      machineClock: { wall: clock.now, monotonic: () => performance.now() },
      sendsMail: true,
      host: { metricsPort: 0 },
      settings: {
        limits: 'relaxed',
        providers: [github.settings],
        authSecrets: ['a newer secret of these tests', ...services.settings.authSecrets],
      },
    })
  await using app = await record.during(start)

  const user = await newUser(app)
  await verifyAddress(app, user.id, `${newUsername()}@example.org`)
  await linkGitHubUser(app, { userId: user.id, github })
  await record.during(async () => {
    await newBrowser(app).open('/auth/github/start')
    await app.api.recovery.request.mutate({ identifier: user.username })
    // No mail comes from this request, because no user has the name.
    await app.api.recovery.request.mutate({ identifier: newUsername() })
    app.mailTicker.tick()
    const readMailbox = async () => (await fetch(`${app.url}/dev/mailbox`)).text()
    // In a hook, whose limit ends this too, expect.poll does not work.
    while (!(await readMailbox()).includes('@example.org')) await sleep(10)
    await readMetrics(app)
    await runCommands(app, user)
    // Waits for what the tick has begun.
    await app.close()
  })
}

/** Does what a server does before it listens, and what the operator's commands do. */
async function runCommands(app: TestApp, user: CookieActor): Promise<void> {
  const { services } = app
  const { read } = services.db
  await hasAdmin(read)
  await hasAccounts(read)
  await countAdminsWithoutFactor(read)
  await countSealedSecrets(services)
  await resealSecrets(services, { removesUnreadable: false })
  await unlockAccount(services, user.username)
  const { api, username } = await newUser(app)
  await api.account.close.mutate()
  await createAdmin(services, { username, password: async () => password, reusesName: true })
}
