import { issueRecoveryLink } from '@app/router'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser } from './actors.ts'

/** Issues a recovery link as the operator does. @param username by default that of a new user */
export async function newRecoverySecret(app: TestApp, username?: string): Promise<string> {
  const outcome = await issueRecoveryLink(app.services, username ?? (await newUser(app)).username)
  if (!outcome.ok) throw new Error('No recovery link was issued.')
  const [, secret = ''] = outcome.value.link.split('#')
  return secret
}
