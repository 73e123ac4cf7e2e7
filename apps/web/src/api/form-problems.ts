import type { Unreachable } from '@app/client'
import type { CommonReason, Failure, ProtocolReason } from '@app/contract'

import { type Message, failureMessage, failureSentence } from './failure-sentence.ts'

/** What a failed call leaves in a form: sentences at fields, and one for the form as a whole. */
export interface Problems {
  fields?: Record<string, string[]>
  form?: Message
}

/**
 * The failures that every form shows in the same way. A page names the failures of its own procedures one by one and
 * hands the rest to `formProblems`: when a procedure declares a new failure, the page does not compile until it says
 * what becomes of it.
 */
type GeneralFailure =
  | Failure<CommonReason | ProtocolReason | 'BUSY' | 'UNAUTHENTICATED' | 'SESSION_EXPIRED' | 'FORBIDDEN'>
  | Unreachable

/** The same for a button, which has no fields. @param requestId shown with what only the server's log can explain */
export function buttonProblem(failure: GeneralFailure, requestId: string | null): Message {
  if (failure.reason !== 'INTERNAL' || requestId === null) return failureMessage(failure)
  return `${failureSentence(failure)} Request id: ${requestId}`
}

/** @param requestId shown with what only the server's log can explain */
export function formProblems(failure: GeneralFailure, requestId: string | null): Problems {
  if (failure.reason !== 'INVALID_INPUT') return { form: buttonProblem(failure, requestId) }
  const { fields, form } = failure
  if (form.length > 0) return { fields, form: form.join(' ') }
  return Object.keys(fields).length > 0 ? { fields } : { form: failureSentence(failure) }
}

export function atField(name: string, sentence: string): Problems {
  return { fields: { [name]: [sentence] } }
}
