import type { Failure } from '@app/contract'
import type { QueryFailure } from './call-failed.ts'
import { failureMessage, failureText } from './failure-text.ts'
import type { Message } from './failure-text.ts'

/** The problems of a form after a failed call: by field, and one for the whole form. */
export interface Problems {
  fields?: Record<string, string[]>
  form?: Message
}

/**
 * Failures that every form shows in the same way. A page handles the failures of its procedures and passes
 * the rest to `formProblems`: a new declared failure does not compile until the page handles it.
 */
type GeneralFailure =
  | Exclude<QueryFailure, { reason: 'REAUTH_REQUIRED' }>
  | Failure<'BUSY' | 'PASSWORD_LOGIN_OFF'>

/** Returns the message for a button, which has no fields. @param requestId shown with INTERNAL */
export function buttonProblem(failure: GeneralFailure, requestId: string | null): Message {
  if (failure.reason !== 'INTERNAL' || requestId === null) return failureMessage(failure)
  return `${failureText(failure)} Request id: ${requestId}`
}

/** Returns the problems that a form shows. @param requestId shown with INTERNAL */
export function formProblems(failure: GeneralFailure, requestId: string | null): Problems {
  if (failure.reason !== 'INVALID_INPUT') return { form: buttonProblem(failure, requestId) }
  const { fields, form } = failure
  if (form.length > 0) return { fields, form: form.join(' ') }
  return Object.keys(fields).length > 0 ? { fields } : { form: failureText(failure) }
}

export function atField(name: string, sentence: string): Problems {
  return { fields: { [name]: [sentence] } }
}
