import type { Reason } from '@app/contract'
import { describe, expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { credentialsOf } from '../provocations/provocation.ts'
import type { Provocation, Scene } from '../provocations/provocation.ts'
import { provocations } from '../provocations/provocations.ts'
import type { Path } from '../support/procedure-types.ts'
import { paths } from '../support/procedures.ts'
import { validInput } from '../support/valid-inputs.ts'
import { cli } from './cli-transport.ts'
import { seeing } from './seen.ts'
import type { Seen } from './seen.ts'
import { transports } from './transports.ts'
import type { Transport } from './transports.ts'

// Every failure through each transport has the same details and the same audit events.

const { trpc, ...others } = transports

/** Provokes a failure on a new server. */
async function seeFailure(path: Path, provoke: Provocation<Path>, transport: Transport): Promise<Seen> {
  await using app = await testApp({ settings: { hashConcurrency: 1, hashQueue: 0 } })
  let seen: Seen | undefined
  const scene: Scene<Path> = {
    app,
    validInput: (caller) => validInput(path, { app, caller, owner: caller }),
    call: async (input, caller, server = app) => {
      seen = await seeing(server, () => transport(server, path, input ?? {}, credentialsOf(caller)))
      return { status: 0, text: '', headers: new Headers(), cookies: [] }
    },
  }
  await provoke(scene)
  if (seen === undefined) throw new Error(`nothing called ${path}`)
  return seen
}

/** The first procedure that fails for each reason. */
const firstPaths = new Map(
  paths.toReversed().flatMap((path) => Object.keys(provocations[path]).map((reason) => [reason, path])),
)

const failing = paths.filter((path) => Object.keys(provocations[path]).length > 0)

describe.each(failing)('%s', (path) => {
  // Sound: the scene is made for the same path.
  const ways = Object.entries(provocations[path]) as [Reason, Provocation<Path>][]
  test.each(ways)('%s is the same through every transport', async (reason, provoke) => {
    const expected = await seeFailure(path, provoke, trpc)
    expect(expected.outcome).toBe(reason)
    // The command takes each reason once: it reads the same failures from every procedure.
    const isFirst = firstPaths.get(reason) === path
    for (const [name, transport] of Object.entries({ ...others, ...(isFirst && { cli }) })) {
      expect({ transport: name, ...(await seeFailure(path, provoke, transport)) }).toEqual({
        transport: name,
        ...expected,
      })
    }
  })
})
