export { recordEvent, type Actor } from './record.ts'
