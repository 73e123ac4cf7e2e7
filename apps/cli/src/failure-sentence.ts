import type { Failure } from '@app/contract'
import type { createAdministrator } from '@app/router'

/** Every failure that a command meets in this process. */
type CommandFailure = Extract<Awaited<ReturnType<typeof createAdministrator>>, { ok: false }>['failure']

/** One line for the person at the terminal: what is wrong, and what to do. */
export function failureSentence(failure: CommandFailure): string {
  switch (failure.reason) {
    case 'INVALID_INPUT':
      return inputSentences(failure)
    case 'PASSWORD_REJECTED':
      return failure.why === 'common'
        ? 'This password is used by many people and is guessed first. Choose another one.'
        : 'This password is too close to the user name. Choose another one.'
    case 'USERNAME_TAKEN':
      return 'This user name is taken, or was that of a closed account. Choose another one. An account that exists can be made an administrator on the page Users; the name of a closed one is given out with --reuse-name.'
    case 'BUSY':
      return `Too many passwords are being hashed. Try again in ${failure.retryAfterSeconds} s, or raise HASH_QUEUE.`
    default:
      return withoutSentence(failure)
  }
}

function inputSentences({ fields, form }: Failure<'INVALID_INPUT'>): string {
  return [...form, ...Object.values(fields).flat()].join(' ')
}

/** Compiles only while the switch above is complete. */
function withoutSentence(failure: never): never {
  throw new TypeError(`No sentence for ${JSON.stringify(failure)}`)
}
