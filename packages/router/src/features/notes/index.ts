export { everyNote } from './find-notes.ts'
