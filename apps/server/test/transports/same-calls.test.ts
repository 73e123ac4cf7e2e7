import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin } from '../support/actors.ts'
import { exampleProvider } from '../support/identities.ts'
import type { Path } from '../support/procedure-types.ts'
import { paths } from '../support/procedures.ts'
import { validInput } from '../support/valid-inputs.ts'
import { cli } from './cli-transport.ts'
import { seeing } from './seen.ts'
import type { Seen } from './seen.ts'
import { transports } from './transports.ts'
import type { Transport } from './transports.ts'

// Every valid call through each transport ends the same, with the same data and the same audit events. The
// guards read the same rows on each database, so one is enough. same-failures.test.ts does the same for
// failures.

const { trpc, ...others } = transports

/** Makes a valid call on a new server. */
async function seeValidCall(path: Path, transport: Transport): Promise<Seen> {
  await using app = await testApp({ settings: { providers: [exampleProvider] } })
  const caller = await newAdmin(app)
  // So that the caller is not the last admin.
  await newAdmin(app)
  const input = await validInput(path, { app, caller, owner: caller })
  return await seeing(app, () => transport(app, path, input, caller.cookie))
}

test.each(paths)('%s: a valid call ends the same through every transport', async (path) => {
  const expected = await seeValidCall(path, trpc)
  expect(expected.outcome).toBe('ok')
  for (const [name, transport] of Object.entries({ ...others, cli })) {
    expect({ transport: name, ...(await seeValidCall(path, transport)) }).toEqual({
      transport: name,
      ...expected,
    })
  }
})
