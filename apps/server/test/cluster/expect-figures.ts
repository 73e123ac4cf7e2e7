import { verdictOf } from '@app/router/testing/verdict'
import { expect } from 'vitest'
import type { TestContext } from 'vitest'
import type { Figure } from './figures-reporter.ts'
import { lossesOf } from './load.ts'
import type { Load } from './load.ts'

/** No request waits for longer. */
const longestMs = 5_000
/** After a fault every server serves within this time. */
const recoveryMs = 2_000

export const withinLongest = (value: number) => ({ value, bound: 'below', limit: longestMs }) as const
export const withinRecovery = (value: number) => ({ value, bound: 'below', limit: recoveryMs }) as const
const none = ({ length }: readonly unknown[]) => ({ value: length, bound: 'at most', limit: 0 }) as const

/** Adds figures to the end of the report, and expects that each meets its target. */
function expectFigures({ task }: Pick<TestContext, 'task'>, figures: Record<string, Figure>): void {
  task.meta.figures = figures
  const missed = Object.entries(figures).filter(
    ([, figure]) =>
      typeof figure !== 'number' && verdictOf(figure.value, figure.bound, figure.limit) !== 'met',
  )
  expect(missed).toEqual([])
}

/**
 * Ends the work and expects that nothing was lost.
 * @param figures more of them, or with other targets
 */
export async function expectNoLoss(
  context: Pick<TestContext, 'task'>,
  { urls, load }: { urls: readonly string[]; load: Load },
  figures: Record<string, Figure>,
): Promise<void> {
  await load.stop()
  const losses = await lossesOf(urls, load)
  // Names them. The figures are reported in any case.
  expect.soft(losses).toEqual({ lost: [], sessions: [] })
  expectFigures(context, {
    'longest request (ms)': withinLongest(load.slowestMs),
    ...figures,
    'lost writes': none(losses.lost),
    'lost sessions': none(losses.sessions),
  })
}
