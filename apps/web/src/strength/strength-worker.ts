import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as english, translations } from '@zxcvbn-ts/language-en'
import type { Strength, StrengthRequest } from './strength.ts'

/**
 * The cost grows faster than the length: 256 random characters take a second on a fast processor. A weak
 * password is recognized by its first characters.
 */
const maxLength = 64

const meter = new ZxcvbnFactory({
  dictionary: { ...common, ...english },
  graphs: adjacencyGraphs,
  translations: {
    ...translations,
    warnings: { ...translations.warnings, userInputs: 'Words about you are guessed first.' },
  },
  maxLength,
})

addEventListener('message', ({ data: { password, personal } }: MessageEvent<StrengthRequest>) => {
  const { score, feedback } = meter.check(password, personal)
  const strength: Strength = { score, reason: feedback.warning ?? feedback.suggestions[0] ?? null }
  postMessage(strength)
})
