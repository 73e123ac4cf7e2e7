export { acceptInvitation, findOpenInvitation, invitedEmail, type InvitedEmail } from './accept-invitation.ts'
export { composeInvitation } from './compose-invitation.ts'
export { invite } from './invite.ts'
export type { FoundInvitation } from './store.ts'
