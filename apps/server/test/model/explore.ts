import fc from 'fast-check'
import { commandLists } from './command-lists.ts'
import { factorCommands } from './factor-commands.ts'
import { playFactors, startFactorServers } from './play-factors.ts'
import { Divergence, play } from './play.ts'

export interface Exploration {
  kind: 'sqlite' | 'postgres'
  runs: number
  seed: number
  /** Repeats one counterexample of an earlier exploration with the same seed. */
  path?: string | undefined
  /** Stops at the first counterexample, however long it is. */
  quick?: boolean | undefined
}

/**
 * Returns null when servers and model agree in every run, or else the shortest disagreement as text.
 */
export function explore(exploration: Exploration): Promise<string | null> {
  const { kind } = exploration
  return check(
    exploration,
    fc.asyncProperty(commandLists, (steps) => play(kind, steps)),
  )
}

/** Does the same for the model of second factors, whose runs share their servers. */
export async function exploreFactors(exploration: Exploration): Promise<string | null> {
  await using servers = await startFactorServers(exploration.kind)
  return await check(
    exploration,
    fc.asyncProperty(factorCommands, (steps) => playFactors(servers, steps)),
  )
}

async function check<Ts>(
  { runs, seed, path, quick = false }: Exploration,
  property: fc.IAsyncProperty<Ts>,
): Promise<string | null> {
  const result = await fc.check(property, {
    numRuns: runs,
    seed,
    endOnFailure: quick,
    ...(path === undefined ? {} : { path }),
  })
  if (!result.failed) return null
  const { errorInstance: error, counterexamplePath } = result
  const text =
    error instanceof Divergence ? error.message : error instanceof Error ? error.stack : String(error)
  const found = `Run ${result.numRuns} of ${runs}, cut down ${result.numShrinks} times`
  return `${found}; again with --seed ${seed} --path ${counterexamplePath}\n${text}`
}
