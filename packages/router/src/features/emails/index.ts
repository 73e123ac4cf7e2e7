export { findEmail, insertUnverifiedEmail } from './store.ts'
