import {
  CreateNoteInput,
  Done,
  Id,
  ListNotesInput,
  Note,
  NoteIdInput,
  NotePage,
  searchKey,
  textLimits,
  UpdateNoteInput,
  noteLimits,
} from '@app/contract'
import { newId } from '../../id.ts'
import { encodeCursor, pageRequest } from '../../pagination.ts'
import { chargeReadBytes } from '../../rate-limits/allowances.ts'
import { scopedProcedure } from '../../scoped-procedure.ts'
import { heavyRead, mayFail, router } from '../../trpc.ts'
import { findNoteSummaries } from './find-notes.ts'
import { toNote } from './note.ts'
import {
  deleteNote,
  findNote,
  findNoteToChange,
  insertNote,
  measureStock,
  noteBytes,
  saveNote,
  searchKeysOf,
} from './store.ts'

const list = scopedProcedure('notes:read')
  .meta({
    description:
      'Lists the notes of the user, newest first, or those that contain the search text. `get` returns the whole text.',
  })
  .concat(heavyRead)
  .input(ListNotesInput)
  .output(NotePage)
  .query(async ({ ctx, input }) => {
    const { after, limit } = pageRequest(ctx, Id, input)
    const search = searchFor(input.search ?? '')
    const found = await findNoteSummaries(ctx.db.read, { userId: ctx.user.id, search, after, limit })
    const { notes, nextAfter, searchedBytes } = found
    // A searched byte costs half of a byte in the response.
    await chargeReadBytes(ctx, searchedBytes / 2)
    return { items: notes, nextCursor: nextAfter === null ? null : encodeCursor(nextAfter) }
  })

/**
 * Returns the search key of a text, cut to the maximum length: a key has up to four characters for one of the
 * text.
 */
function searchFor(typed: string): string {
  return Array.from(searchKey(typed).trim()).slice(0, textLimits.search.max).join('')
}

const get = scopedProcedure('notes:read')
  .meta({ description: 'Returns a note of the user.' })
  .concat(heavyRead)
  .concat(mayFail('NOT_FOUND'))
  .input(NoteIdInput)
  .output(Note)
  .query(async ({ ctx, input }) => {
    const note = await findNote(ctx.db.read, { id: input.id, userId: ctx.user.id })
    if (note === undefined) throw ctx.fail('NOT_FOUND')
    return toNote(note)
  })

/**
 * Counts the notes while the transaction locks their owner, so that concurrent calls cannot exceed the limit
 * together.
 */
const create = scopedProcedure('notes:write')
  .meta({ description: 'Creates a note.' })
  .concat(mayFail('TOO_MANY_NOTES'))
  .input(CreateNoteInput)
  .output(Note)
  .mutation(({ ctx, input }) => {
    const { title, body } = input
    const keys = searchKeysOf(input)
    return ctx.transaction(async (tx) => {
      const stock = await measureStock(tx, ctx.user.id)
      const isFull = stock.bytes + noteBytes({ title, body }) > ctx.settings.notesBytesPerAccount
      if (isFull || stock.notes >= noteLimits.perAccount) throw ctx.fail('TOO_MANY_NOTES')
      const now = ctx.clock()
      const note = { id: newId(now), title, body, revision: 1, created_at: now, updated_at: now }
      await insertNote(tx, ctx.user.id, note, keys)
      return toNote(note)
    })
  })

/** Overwrites no text: an update of an older revision fails with the stored note. */
const update = scopedProcedure('notes:write')
  .meta({
    description:
      'Changes a note. Fails with NOTE_CHANGED and the stored note if the given revision is not the stored one.',
  })
  .concat(mayFail('NOT_FOUND', 'NOTE_CHANGED', 'TOO_MANY_NOTES'))
  .input(UpdateNoteInput)
  .output(Note)
  .mutation(async ({ ctx, input }) => {
    const noteKey = { id: input.id, userId: ctx.user.id }
    const known = input.body === undefined ? await findNote(ctx.db.read, noteKey) : input
    // The text of another revision is not saved.
    const body = known?.revision === input.revision ? known.body : undefined
    const keys = searchKeysOf({ title: input.title, body })
    return ctx.transaction(async (tx) => {
      const stored = await findNoteToChange(tx, noteKey)
      if (stored === undefined) throw ctx.fail('NOT_FOUND')
      if (stored.revision !== input.revision) throw ctx.fail('NOTE_CHANGED', { note: toNote(stored) })
      const { title = stored.title, body = stored.body } = input
      if (title === stored.title && body === stored.body) return toNote(stored)
      const addedBytes = noteBytes({ title, body }) - noteBytes(stored)
      if (addedBytes > 0) {
        const stock = await measureStock(tx, ctx.user.id)
        if (stock.bytes + addedBytes > ctx.settings.notesBytesPerAccount) throw ctx.fail('TOO_MANY_NOTES')
      }
      const note = { ...stored, title, body, revision: stored.revision + 1, updated_at: ctx.clock() }
      await saveNote(tx, ctx.user.id, note, keys)
      return toNote(note)
    })
  })

const remove = scopedProcedure('notes:write')
  .meta({ description: 'Deletes a note.' })
  .concat(mayFail('NOT_FOUND'))
  .input(NoteIdInput)
  .output(Done)
  .mutation(async ({ ctx, input }) => {
    await ctx.transaction(
      async (tx) => {
        if (!(await deleteNote(tx, { id: input.id, userId: ctx.user.id }))) throw ctx.fail('NOT_FOUND')
      },
      { usesReserve: true },
    )
    return {}
  })

export const notesRouter = router({ list, get, create, update, remove })
