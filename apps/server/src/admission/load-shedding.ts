import { setTimeout as sleep } from 'node:timers/promises'

/** The surplus is to be told BUSY within 100 ms; the rest of them is for a loop that has other work. */
const longestMs = 65

/**
 * Keeps an answer that says "later" back for a moment, so that who asks again at once, whatever it says, asks some 20 times
 * a second and connection and not a thousand times: the time that refusing them would take is everybody else's. Not the
 * same moment for each, or those who were refused together would come back together.
 * @param cameAt when the call came, by `performance.now()`: what it has cost already is part of the wait
 */
export async function holdRefusal(cameAt: number): Promise<void> {
  const heldMs = longestMs * (0.6 + 0.4 * Math.random()) - (performance.now() - cameAt)
  if (heldMs > 0) await sleep(heldMs)
}
