import type { EveryCallFailure } from '@app/client'
import type { Failure, Note } from '@app/contract'
import type { Api } from '../api/api.ts'
import { failureText } from '../api/failure-text.ts'
import { sameText } from './note-text.ts'
import type { NoteText } from './note-text.ts'

/** The result of sending a text. */
export type SaveOutcome =
  | { outcome: 'saved'; note: Note }
  /** Another save came first; `note` is the stored version. */
  | { outcome: 'conflict'; note: Note }
  | { outcome: 'removed' }
  /**
   * Not saved; a retry may succeed. `retryAfterMs`: the wait that the server asked for. `isAnswered`: whether
   * it is certain that nothing was saved.
   */
  | { outcome: 'retry'; message: string; retryAfterMs: number | null; isAnswered: boolean }
  /** Not saved; sending the same text again would fail too. */
  | { outcome: 'rejected'; message: string }
  | { outcome: 'signed-out' }

/** A text that was sent without a response: it may be stored. */
export interface Unanswered {
  text: NoteText
  at: number
}

/** The means to send a text. */
export interface SendOptions {
  api: Api
  /** Ends the wait for a response. */
  signal: AbortSignal
}

/** Creates or updates a note. @param base the stored note on which the text is based; null creates one */
export async function saveNote(
  sending: SendOptions,
  base: Note | null,
  text: NoteText,
  unanswered: readonly Unanswered[],
): Promise<SaveOutcome> {
  if (base === null) return createNote(sending, text, unanswered)
  const { api, signal } = sending
  const { id, revision } = base
  const result = await api.attempt(api.client.notes.update.mutate({ id, revision, ...text }, { signal }))
  if (result.ok) return { outcome: 'saved', note: result.value }
  const { failure } = result
  switch (failure.reason) {
    case 'NOTE_CHANGED': {
      const stored = failure.note
      if (sameText(stored, text)) return { outcome: 'saved', note: stored }
      // An earlier save from here, whose response was lost: the text is based on it.
      if (unanswered.some((sent) => sameText(stored, sent.text))) return saveNote(sending, stored, text, [])
      return { outcome: 'conflict', note: stored }
    }
    case 'NOT_FOUND':
      return { outcome: 'removed' }
    case 'TOO_MANY_NOTES':
      return { outcome: 'rejected', message: `Not saved. ${failureText(failure)}` }
    default:
      return generalOutcome(failure, result.requestId)
  }
}

async function createNote(
  sending: SendOptions,
  text: NoteText,
  unanswered: readonly Unanswered[],
): Promise<SaveOutcome> {
  const { api, signal } = sending
  if (unanswered.length > 0) {
    const found = await findCreated(sending, unanswered)
    if ('outcome' in found) return found
    if (found.note) return saveNote(sending, found.note, text, [])
  }
  const result = await api.attempt(api.client.notes.create.mutate(text, { signal }))
  if (result.ok) return { outcome: 'saved', note: result.value }
  const { failure } = result
  switch (failure.reason) {
    case 'TOO_MANY_NOTES':
      return { outcome: 'rejected', message: `Not saved. ${failureText(failure)}` }
    default:
      return generalOutcome(failure, result.requestId)
  }
}

/**
 * The largest difference between the clocks of browser and server for which the search finds a note. Beyond
 * it a note may be stored twice.
 */
const maxClockDifferenceMs = 5 * 60_000

/** Finds a new note that was stored although its response was lost, so that it is not created twice. */
async function findCreated(
  { api, signal }: SendOptions,
  unanswered: readonly Unanswered[],
): Promise<{ note: Note | undefined } | SaveOutcome> {
  const result = await api.attempt(api.client.notes.list.query({ limit: 10 }, { signal }))
  if (!result.ok) return generalOutcome(result.failure, result.requestId)
  for (const { id, title, createdAt } of result.value.items) {
    const alike = unanswered.filter(
      (sent) => sent.text.title === title && Date.parse(createdAt) > sent.at - maxClockDifferenceMs,
    )
    if (alike.length === 0) continue
    const read = await api.attempt(api.client.notes.get.query({ id }, { signal }))
    if (read.ok) {
      const note = read.value
      if (alike.some(({ text }) => sameText(note, text))) return { note }
    } else if (read.failure.reason !== 'NOT_FOUND') return generalOutcome(read.failure, read.requestId)
  }
  return { note: undefined }
}

type GeneralFailure = EveryCallFailure | Failure<'UNAUTHENTICATED' | 'SESSION_EXPIRED' | 'SCOPE_REQUIRED'>

function generalOutcome(failure: GeneralFailure, requestId: string | null): SaveOutcome {
  switch (failure.reason) {
    case 'UNAUTHENTICATED':
    case 'SESSION_EXPIRED':
      return { outcome: 'signed-out' }
    case 'UNREACHABLE':
      return retryLater(navigator.onLine ? 'the server cannot be reached' : 'offline', null, false)
    case 'UNAVAILABLE':
      return retryLater('the service is busy', failure.retryAfterSeconds)
    case 'RATE_LIMITED':
      return retryLater('too many changes in a short time', failure.retryAfterSeconds)
    case 'INTERNAL':
      return retryLater(`something went wrong on our side (request id ${requestId ?? 'unknown'})`, null)
    default:
      return {
        outcome: 'rejected',
        message: `Not saved. ${failureText(failure)}`,
      }
  }
}

function retryLater(reason: string, seconds: number | null, isAnswered = true): SaveOutcome {
  const retryAfterMs = seconds === null ? null : seconds * 1_000
  return { outcome: 'retry', message: `Not saved: ${reason}.`, retryAfterMs, isAnswered }
}
