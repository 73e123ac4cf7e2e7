export { exportSecondFactors } from './export.ts'
export { hasAdminRights } from './has-admin-rights.ts'
export { createPendingLoginCookie, type PendingLogin } from './pending-login.ts'
export { allowsPassword, isAtHighestLevel, listReauthMethods } from './reauth-methods.ts'
export { isStillAtHighestLevel, requireHighestLevel } from './require-highest-level.ts'
export {
  countAdminsWithoutFactor,
  deleteAllFactors,
  deleteFactor,
  findFactor,
  insertFactor,
  listFactors,
  listSecondFactorMethods,
  saveFactorCreation,
  saveFactorUse,
} from './store.ts'
export { tokenHasAdminRights, tokenHasFactor } from './token-rights.ts'
export type { FactorKind, FactorResetsTable } from './table.ts'
