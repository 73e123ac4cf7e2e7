import { isInstalled, postgresProblem } from '@app/router/testing'

/** Whether all tests must run, as in `npm run test:cluster`. Otherwise a part of them runs, where it can. */
export const isWhole = process.env['REQUIRE_CLUSTER'] === '1'

/** Returns what three servers behind nginx need and this machine does not have; empty if nothing. */
export async function missingForCluster(): Promise<string> {
  const problem = await postgresProblem()
  const missing = [
    // Only Linux lets each request come from another address of 127.0.0.0/8.
    process.platform === 'linux' ? [] : ['Linux'],
    isInstalled('nginx') ? [] : ['nginx'],
    problem === '' ? [] : [`PostgreSQL (${problem})`],
  ]
  return missing.flat().join(' and ')
}

/** vitest's `globalSetup`. */
export async function setup(): Promise<void> {
  const missing = await missingForCluster()
  if (isWhole && missing !== '') throw new Error(`npm run test:cluster needs ${missing}.`)
}
