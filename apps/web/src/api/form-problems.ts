import type { AnyFailure } from '@app/client'
import type { Failure } from '@app/contract'
import type { QueryFailure } from './call-failed.ts'
import { failureMessage, failureText } from './failure-text.ts'
import type { Message } from './failure-text.ts'

/** The problems of a form after a failed call: by field, and one for the whole form. */
export interface Problems {
  fields?: Record<string, string[]>
  form?: Message
}

/** Failures that every form shows in the same way. */
type GeneralFailure =
  | Exclude<QueryFailure, { reason: 'REAUTH_REQUIRED' }>
  | Failure<'BUSY' | 'PASSWORD_LOGIN_OFF'>

/** Returns the message for a button, which has no fields. @param requestId shown with INTERNAL */
export function buttonProblem(failure: GeneralFailure, requestId: string | null): Message {
  if (failure.reason !== 'INTERNAL' || requestId === null) return failureMessage(failure)
  return `${failureText(failure)} Request id: ${requestId}`
}

/** How a form shows a failure: by a sentence of this form, or by a function such as `inForm`. */
type Place<F extends AnyFailure> = string | ((failure: F) => Problems | undefined)

type Places<F extends AnyFailure> = {
  [R in Exclude<F['reason'], GeneralFailure['reason']>]: Place<Extract<F, { reason: R }>>
} & { [R in F['reason'] & GeneralFailure['reason']]?: Place<Extract<F, { reason: R }>> }

/**
 * Returns the problems that a form shows after a failed call. The form names a place for each failure of its
 * procedure that not all forms share: a new declared failure does not compile until it has one.
 * @param result with the request id, which is shown with INTERNAL
 */
export function formProblems<F extends AnyFailure>(
  result: { failure: F; requestId: string | null },
  places: Places<F>,
): Problems | undefined {
  const place = (places as Partial<Record<string, Place<F>>>)[result.failure.reason]
  if (place !== undefined) return typeof place === 'string' ? { form: place } : place(result.failure)
  // Sound: all other failures have a place.
  const failure = result.failure as GeneralFailure
  if (failure.reason !== 'INVALID_INPUT') return { form: buttonProblem(failure, result.requestId) }
  const { fields, form } = failure
  if (form.length > 0) return { fields, form: form.join(' ') }
  return Object.keys(fields).length > 0 ? { fields } : { form: failureText(failure) }
}

/** Shows the usual sentence for the whole form. */
export function inForm(failure: AnyFailure): Problems {
  return { form: failureText(failure) }
}

/** Shows a sentence at a field. @param sentence default: the usual one of the failure */
export function atField(name: string, sentence?: string): (failure: AnyFailure) => Problems {
  return (failure) => ({ fields: { [name]: [sentence ?? failureText(failure)] } })
}
