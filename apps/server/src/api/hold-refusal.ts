import { setTimeout as sleep } from 'node:timers/promises'

/** The surplus is to be told BUSY within 100 ms; the rest of them is for a loop that has other work. */
const longestMs = 70

/**
 * Keeps an answer that says "later" back for a moment, so that who asks again at once, whatever it says, asks some 20 times
 * a second and connection and not a thousand times: the time that refusing them would take is everybody else's. Not the
 * same moment for each, or those who were refused together would come back together.
 */
export async function holdRefusal(answer: Response): Promise<void> {
  if (answer.headers.has('retry-after')) await sleep(longestMs * (0.5 + Math.random() / 2))
}
