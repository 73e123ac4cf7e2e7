export { exportNotes } from './export.ts'
