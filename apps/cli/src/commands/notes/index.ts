import type { Command } from '../../command.ts'
import { notesAdd } from './notes-add.ts'
import { notesDelete } from './notes-delete.ts'
import { notesEdit } from './notes-edit.ts'
import { notesList } from './notes-list.ts'
import { notesShow } from './notes-show.ts'

/** In the order of the help. */
export const noteCommands: readonly Command[] = [notesList, notesShow, notesAdd, notesEdit, notesDelete]
