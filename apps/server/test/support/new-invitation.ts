import { invite } from '@app/router'
import type { TestApp } from '../../src/testing/test-app.ts'

/** Invites as the operator does, without an address. */
export async function newInvitation(app: TestApp): Promise<{ id: string; secret: string }> {
  const outcome = await invite(app.services, { email: undefined })
  if (!outcome.ok || outcome.value.link === null) throw new Error('No invitation was created.')
  const [, secret = ''] = outcome.value.link.split('#')
  return { id: outcome.value.id, secret }
}
