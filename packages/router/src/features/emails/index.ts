export { composeNotice } from './compose-notice.ts'
export { composeVerification } from './compose-verification.ts'
export { endAddressLink, enterEmail } from './enter-email.ts'
export { exportEmails } from './export.ts'
export {
  deletePendingEmail,
  findEmail,
  findEmails,
  findUserByAddress,
  findVerifiedEmail,
  insertVerifiedEmail,
} from './store.ts'
