import { longListStates } from '../notes/long-list-states.ts'
import { noteStates } from '../notes/note-states.ts'
import { outageStates } from '../notes/outage-states.ts'
import { sessionStates } from '../notes/session-states.ts'
import { waitingStates } from '../notes/waiting-states.ts'
import { accountStates } from './account-states.ts'
import { auditStates } from './audit-states.ts'
import { entranceStates } from './entrance-states.ts'
import { peopleStates } from './people-states.ts'
import type { State } from './state.ts'

/**
 * Everything that the app can look like: each is checked for accessibility and width, and has its picture.
 */
export const states: State[] = [
  ...entranceStates,
  ...sessionStates,
  ...noteStates,
  ...peopleStates,
  ...accountStates,
  ...auditStates,
  ...outageStates,
  ...waitingStates,
  ...longListStates,
]
