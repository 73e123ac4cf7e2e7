import { failureText } from '@app/contract'
import type { Failure } from '@app/contract'
import type { Fields } from './route.ts'

export interface FailedRequest {
  /** Null when the body is no object. */
  fields: Fields | null
  /** Whether the method has a body. */
  hasBody: boolean
  /** Whether the request has a session cookie, valid or not. */
  hasToken: boolean
  /** The roles that the procedure allows. */
  roles: readonly string[]
}

/** Returns the tutorial's sentence for a failure; for those that it does not know, our own. */
export function failureMessage(failure: Failure, request: FailedRequest): string {
  return failureText(failure, {
    UNAUTHENTICATED: () => (request.hasToken ? invalidToken : 'Authentication Token is missing!'),
    SESSION_EXPIRED: () => invalidToken,
    INVALID_CREDENTIALS: () => 'Invalid user id or password',
    FORBIDDEN: () => `Insufficient permissions. Required roles: ${request.roles.join(', ')}`,
    NOT_FOUND: () => 'User not found',
    INTERNAL: () => 'Something went wrong!',
    INVALID_INPUT: (invalid) => missing(invalid, request) ?? failureText(invalid),
  })
}

const invalidToken = 'Invalid Authentication token!'

/** Returns the sentence for the first field that is missing; undefined when none is. */
function missing({ fields: problems }: Failure<'INVALID_INPUT'>, { fields, hasBody }: FailedRequest) {
  if (hasBody && (fields === null || Object.keys(fields).length === 0)) return 'Please provide user details'
  const isMissing = (field: string, given: unknown) =>
    field in problems && (given === undefined || given === null || given === '')
  if (isMissing('username', fields?.['uid'])) return 'User ID is missing'
  if (isMissing('password', fields?.['password'])) return 'Password is missing'
  return undefined
}
