export { recordEvent, type Actor } from './record.ts'
export { findLastLogins } from './store.ts'
