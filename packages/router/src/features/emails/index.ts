export { exportEmails } from './export.ts'
export { findEmail, findEmails, insertUnverifiedEmail } from './store.ts'
