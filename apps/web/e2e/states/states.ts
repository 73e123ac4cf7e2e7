import { accountStates } from './account-states.ts'
import { auditStates } from './audit-states.ts'
import { entranceStates } from './entrance-states.ts'
import { longListStates } from './long-list-states.ts'
import { noteStates } from './note-states.ts'
import { outageStates } from './outage-states.ts'
import { peopleStates } from './people-states.ts'
import { sessionStates } from './session-states.ts'
import type { State } from './state.ts'
import { waitingStates } from './waiting-states.ts'

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
