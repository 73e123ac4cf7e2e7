import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, passwords, translations } from 'virtual:first-words'
import type { Strength, StrengthAnswer, StrengthRequest } from './strength.ts'

/**
 * The cost grows faster than the length: 256 random characters take a second on a fast processor. A weak
 * password is recognized by its first characters.
 */
const maxLength = 64

/** More words can only lower a score. So a low score is certain before all word lists are loaded. */
const certainScore = 1

/** The word lists, which load one after the other after the first result. */
const wordLists = [
  () => import('./common-words.ts').then(({ dictionary }) => dictionary),
  () => import('./english-words.ts').then(({ dictionary }) => dictionary),
]

let words: Record<string, string[]> = { 'passwords-common': passwords }
let meter = createMeter()
let status: 'waiting' | 'checking' | 'unknown' | 'rated' = 'waiting'
let latest: StrengthRequest | undefined

function createMeter(): ZxcvbnFactory {
  return new ZxcvbnFactory({
    dictionary: words,
    graphs: adjacencyGraphs,
    translations: {
      ...translations,
      warnings: { ...translations.warnings, userInputs: 'Words about you are guessed first.' },
    },
    maxLength,
  })
}

function rate({ password, personal }: StrengthRequest): Strength {
  const { score, feedback } = meter.check(password, personal)
  if (status !== 'rated' && score > certainScore)
    return { status: status === 'unknown' ? 'unknown' : 'checking' }
  return { status: 'rated', score, reason: feedback.warning ?? feedback.suggestions[0] ?? null }
}

function answer(request: StrengthRequest): void {
  const message: StrengthAnswer = { id: request.id, strength: rate(request) }
  postMessage(message)
}

/** Rates the last password again after each list, and after a list failed to load. */
async function loadWordLists(): Promise<void> {
  status = 'checking'
  try {
    for (const load of wordLists) {
      words = { ...words, ...(await load()) }
      meter = createMeter()
      if (load === wordLists.at(-1)) status = 'rated'
      if (latest !== undefined) answer(latest)
    }
  } catch {
    status = 'unknown'
    if (latest !== undefined) answer(latest)
  }
}

addEventListener('message', ({ data }: MessageEvent<StrengthRequest>) => {
  latest = data
  answer(data)
  if (status === 'waiting') void loadWordLists()
})
