export { findEmail, findEmails, insertUnverifiedEmail, listEmails } from './store.ts'
