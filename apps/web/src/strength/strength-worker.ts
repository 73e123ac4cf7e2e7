import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as english, translations } from '@zxcvbn-ts/language-en'
import type { Strength, StrengthRequest } from './strength.ts'

/**
 * The work grows faster than the password: 256 random characters take a second of a fast processor. Whatever
 * makes a password weak shows in so many of its first characters.
 */
const maxLength = 64

const meter = new ZxcvbnFactory({
  dictionary: { ...common, ...english },
  graphs: adjacencyGraphs,
  translations: {
    ...translations,
    warnings: { ...translations.warnings, userInputs: 'What belongs to you is guessed first.' },
  },
  maxLength,
})

addEventListener('message', ({ data: { password, personal } }: MessageEvent<StrengthRequest>) => {
  const { score, feedback } = meter.check(password, personal)
  const strength: Strength = { score, reason: feedback.warning ?? feedback.suggestions[0] ?? null }
  postMessage(strength)
})
