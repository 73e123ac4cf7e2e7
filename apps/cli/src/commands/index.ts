import type { Command } from '../command.ts'
import { adminCreate } from './admin-create.ts'
import { adminUnlock } from './admin-unlock.ts'
import { call } from './call.ts'
import { doctor } from './doctor.ts'
import { invitationCreate } from './invitation-create.ts'
import { login } from './login.ts'
import { logout } from './logout.ts'
import { mailTest } from './mail-test.ts'
import { migrate } from './migrate.ts'
import { noteCommands } from './notes/index.ts'
import { recoveryLink } from './recovery-link.ts'
import { reset } from './reset.ts'
import { secretsReseal } from './secrets-reseal.ts'
import { seed } from './seed.ts'
import { tokensCreate } from './tokens-create.ts'
import { tokensList } from './tokens-list.ts'
import { tokensRevoke } from './tokens-revoke.ts'
import { usersFactors } from './users-factors.ts'
import { usersResetFactors } from './users-reset-factors.ts'
import { usersRevokeToken } from './users-revoke-token.ts'
import { whoami } from './whoami.ts'

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  adminCreate,
  adminUnlock,
  invitationCreate,
  recoveryLink,
  usersFactors,
  usersResetFactors,
  usersRevokeToken,
  doctor,
  mailTest,
  migrate,
  secretsReseal,
  seed,
  reset,
  login,
  whoami,
  logout,
  tokensCreate,
  tokensList,
  tokensRevoke,
  ...noteCommands,
  call,
]
