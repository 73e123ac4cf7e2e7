import { longListStates } from '../notes/long-list-states.ts'
import { noteStates } from '../notes/note-states.ts'
import { outageStates } from '../notes/outage-states.ts'
import { sessionStates } from '../notes/session-states.ts'
import { waitingStates } from '../notes/waiting-states.ts'
import { accountStates } from './account-states.ts'
import { auditStates } from './audit-states.ts'
import { emailStates } from './email-states.ts'
import { identityStates } from './identity-states.ts'
import { invitationStates } from './invitation-states.ts'
import { recoveryStates } from './recovery-states.ts'
import { securityStates } from './security-states.ts'
import { signedOutStates } from './signed-out-states.ts'
import { stateOf } from './state.ts'
import { tokenStates } from './token-states.ts'
import { userStates } from './user-states.ts'

/** All states of the app. Each is checked for accessibility and width, and has screenshots. */
export const states = [
  signedOutStates,
  recoveryStates,
  sessionStates,
  noteStates,
  userStates,
  invitationStates,
  accountStates,
  emailStates,
  securityStates,
  identityStates,
  tokenStates,
  auditStates,
  outageStates,
  waitingStates,
  longListStates,
].flatMap((group) => Object.entries(group).map(stateOf))
