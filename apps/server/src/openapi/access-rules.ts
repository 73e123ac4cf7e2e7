import type { Access } from '@app/router'
import type { AccessRules, Operation } from './open-api.ts'

/** Returns what the guards of a procedure require. */
export function accessRulesOf(meta: Access): AccessRules {
  const { access = 'public', sudo = false, secondFactor = 'never', scope = null } = meta
  return { who: access, recentAuthentication: sudo, secondFactor, scope }
}

/** The names of the security schemes: the session cookie, and access tokens. */
export const sessionScheme = 'sessionCookie'
export const tokenScheme = 'accessToken'

/** Returns what a call sends: nothing, or the session cookie, or an access token with the scope. */
export function securityOf({ who, scope }: AccessRules): Operation['security'] {
  if (who === 'public') return []
  return [{ [sessionScheme]: [] }, ...(scope === null ? [] : [{ [tokenScheme]: [scope] }])]
}

const levelSentences: Readonly<Record<AccessRules['secondFactor'], string[]>> = {
  always: ['It needs a session at level 2: log in or confirm with a second factor.'],
  'by-setting': ['Where admins must have a second factor, it needs a session at level 2.'],
  'if-added': ['If the account has a second factor, it needs a session at level 2.'],
  never: [],
}

/** Returns sentences about what a caller needs. */
export function describeAccess({ who, recentAuthentication, secondFactor, scope }: AccessRules): string {
  return [
    typeof who === 'object' ? `Only for the role ${who.join(' or ')}.` : whoSentences[who],
    ...(recentAuthentication
      ? ['It needs an authentication within the last 10 minutes. REAUTH_REQUIRED says how to repeat it.']
      : []),
    ...levelSentences[secondFactor],
    ...(scope === null ? [] : [describeScope(scope, typeof who === 'object')]),
  ].join(' ')
}

function describeScope(scope: string, isForRoles: boolean): string {
  const instead = `An access token with the scope \`${scope}\` is accepted instead of a session`
  return isForRoles ? `${instead}, where ADMIN_TOKENS=on.` : `${instead}.`
}

const whoSentences = {
  public: 'For everyone, without a session.',
  user: 'For every logged-in user.',
} as const
