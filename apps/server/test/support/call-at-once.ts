import type { TestApp } from '../../src/testing/test-app.ts'
import { newAdmin } from './actors.ts'
import type { Path } from './procedure-types.ts'
import { call, paths } from './procedures.ts'
import { reasonIn } from './raw-call.ts'
import { validInput } from './valid-inputs.ts'

/**
 * Calls every procedure with a valid input, all at once, `times` each, and each as a new admin.
 * @returns the status or the reason of the failure, for each call of a path
 */
export async function callAllAtOnce(app: TestApp, times: number): Promise<Record<Path, string[]>> {
  // So that no caller below is the last admin.
  await newAdmin(app)
  const calls: { path: Path; send: () => Promise<string> }[] = []
  // By turns, so that different procedures run at the same time.
  for (let turn = 0; turn < times; turn += 1) {
    for (const path of paths) {
      const caller = await newAdmin(app)
      const input = await validInput(path, { app, caller, owner: caller })
      const send = async () => {
        const answer = await call(app.url, path, input, caller.cookie)
        return reasonIn(answer) ?? String(answer.status)
      }
      calls.push({ path, send })
    }
  }
  const outcomes = await Promise.all(calls.map(async ({ path, send }) => ({ path, outcome: await send() })))
  const of = (path: Path) => outcomes.filter((each) => each.path === path).map(({ outcome }) => outcome)
  // Sound: the record has every path.
  return Object.fromEntries(paths.map((path) => [path, of(path)])) as Record<Path, string[]>
}
