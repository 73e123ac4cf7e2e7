export { toNote } from './note.ts'
export { listNotes } from './store.ts'
