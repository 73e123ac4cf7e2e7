import type { AccountSettings } from './settings.ts'

/** Returns by how much the setting LIMITS multiplies every allowance. */
export function limitFactor({ limits }: Pick<AccountSettings, 'limits'>): number {
  return limits === 'relaxed' ? 1_000 : 1
}
