export { findEmail, findEmails, insertUnverifiedEmail } from './store.ts'
