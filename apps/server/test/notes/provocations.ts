import { noteLimits } from '@app/contract'
import { needsScope, needsSession } from '../provocations/guards.ts'
import type { ProvocationsOf } from '../provocations/provocation.ts'
import { newUser, unknownId } from '../support/actors.ts'
import { fillWithNotes } from './fill-with-notes.ts'

export const notes = {
  'notes.list': { ...needsSession, ...needsScope },
  'notes.get': {
    ...needsSession,
    ...needsScope,
    NOT_FOUND: async ({ app, call }) => call({ id: unknownId }, await newUser(app)),
  },
  'notes.create': {
    ...needsSession,
    ...needsScope,
    TOO_MANY_NOTES: async ({ app, call }) => {
      const caller = await newUser(app)
      await fillWithNotes(app, caller.id, noteLimits.perAccount)
      return call({ title: 'One too many' }, caller)
    },
  },
  'notes.update': {
    ...needsSession,
    ...needsScope,
    NOT_FOUND: async ({ app, call }) => call({ id: unknownId, revision: 1 }, await newUser(app)),
    NOTE_CHANGED: async ({ app, call }) => {
      const caller = await newUser(app)
      const { id } = await caller.api.notes.create.mutate({ title: 'A note' })
      return call({ id, revision: 2, title: 'Another title' }, caller)
    },
    TOO_MANY_NOTES: async ({ app, call }) => {
      const caller = await newUser(app)
      const { id } = await caller.api.notes.create.mutate({ title: 'A note' })
      const bytes = app.services.settings.notesBytesPerAccount
      await app.services.db.write((tx) =>
        tx.updateTable('notes').set({ bytes }).where('id', '=', id).execute(),
      )
      return call({ id, revision: 1, body: 'One byte too many' }, caller)
    },
  },
  'notes.remove': {
    ...needsSession,
    ...needsScope,
    NOT_FOUND: async ({ app, call }) => call({ id: unknownId }, await newUser(app)),
  },
} satisfies ProvocationsOf<'notes'>
