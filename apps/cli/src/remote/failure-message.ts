import type { AnyFailure } from '@app/client'
import { failureText } from '@app/contract/failure-text'
import { ownCommand } from '../own-command.ts'

export interface FailureContext {
  origin: string
  usesToken: boolean
}

type NextSteps = { [R in AnyFailure['reason']]?: (context: FailureContext) => string }

const login = () => `Run: ${ownCommand()} login <username>`
const diagnosis = () => `To find out why: ${ownCommand()} doctor --server <url>`

/** What a user of the command does next. Reasons without a line need no step besides their sentence. */
const nextSteps: NextSteps = {
  UNAUTHENTICATED: ({ usesToken }) =>
    usesToken ? 'The token is unknown, revoked or expired. Create another one.' : login(),
  SESSION_EXPIRED: login,
  LOGIN_EXPIRED: login,
  REAUTH_REQUIRED: () => `${login()} again, and repeat this command within 10 minutes.`,
  PASSWORD_LOGIN_OFF: ({ origin }) =>
    `Log in with a browser at ${origin}, and create a token for this machine on your account page.`,
  FACTOR_REQUIRED: ({ origin }) => `Add one with a browser at ${origin}/account.`,
  TOKEN_NOT_ALLOWED: () => 'Leave the token out.',
  SCOPE_REQUIRED: () => `Create a token with it: ${ownCommand()} tokens create <name> --scope <scope>`,
  NO_SUCH_PROCEDURE: () => 'Check its name, and the version of the server.',
  MISDIRECTED: diagnosis,
  CROSS_ORIGIN: diagnosis,
}

/** Returns the sentence of a failure and the next step, in one line. */
export function failureMessage(failure: AnyFailure, context: FailureContext): string {
  const steps: { [reason: string]: ((context: FailureContext) => string) | undefined } = nextSteps
  const step = steps[failure.reason]?.(context)
  return [failureText(failure), ...(step === undefined ? [] : [step])].join(' ')
}
