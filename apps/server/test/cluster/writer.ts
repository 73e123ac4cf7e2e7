import { setTimeout as sleep } from 'node:timers/promises'
import { tokenLimits, tokenScopes } from '@app/contract'
import type { CookieActor } from '../support/actors.ts'
import { get, post } from '../support/raw-call.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import type { TimedCalls } from './timed-calls.ts'

/** Far below the limits of an account. */
const pauseMs = 100
/** How many turns there are for each new token. */
const turnsPerToken = 5

/** A user who changes a row, adds rows, and reads. */
export interface Writer {
  takeTurn(turn: number): Promise<void>
  /** Returns what was confirmed, but a later read did not show. Of added rows it is the read of this call. */
  losses(): Promise<string[]>
}

/** @param url of the server, or of the proxy in front of several */
export function writer(url: string, { cookie }: CookieActor, { timed }: TimedCalls): Writer {
  const lost: string[] = []
  const tokens: string[] = []
  let confirmed: string | undefined
  /** Failed changes since the last one that succeeded: each may be stored, also after its answer. */
  const doubtful = new Set<string>()
  /** @returns whether the read showed the confirmed name */
  const read = async (): Promise<boolean> => {
    const answer = await timed(get(url, 'account.me', cookie))
    if (answer?.status !== 200) return false
    const { name: shown } = dataIn<{ name: string }>(answer)
    const isConfirmed = shown === confirmed
    if (confirmed !== undefined && !isConfirmed && !doubtful.has(shown))
      lost.push(`${confirmed}, shown as ${shown}`)
    confirmed = shown
    return isConfirmed
  }
  return {
    takeTurn: async (turn) => {
      const name = `Ada ${turn}`
      const changed = await timed(post(url, 'account.updateProfile', { name }, cookie))
      if (changed?.status === 200) confirmed = name
      else doubtful.add(name)
      const isShown = [await read(), await read()].every(Boolean)
      if (turn % turnsPerToken === 0 && tokens.length < tokenLimits.perAccount) {
        const input = { name: `Token ${turn}`, scopes: [tokenScopes[0]] }
        const created = await timed(post(url, 'tokens.create', input, cookie))
        if (created?.status === 200) tokens.push(dataIn<{ id: string }>(created).id)
      }
      await sleep(pauseMs)
      // Not before the pause: the database may run an older change at the same time.
      if (changed?.status === 200 && isShown) doubtful.clear()
    },
    losses: async () => {
      await read()
      const list = await get(url, 'tokens.list', cookie)
      const listed = new Set(dataIn<{ items: { id: string }[] }>(list).items.map(({ id }) => id))
      return [...lost, ...tokens.filter((id) => !listed.has(id)).map((id) => `token ${id}`)]
    },
  }
}

/** @throws Error when the call failed */
function dataIn<T>({ status, text }: RawAnswer): T {
  if (status !== 200) throw new Error(text)
  // Sound: the output of the procedure.
  return (JSON.parse(text) as { result: { data: T } }).result.data
}
