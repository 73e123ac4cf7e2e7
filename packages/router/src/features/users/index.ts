export { createAccount } from './create-account.ts'
export { findUserByLoginName } from './find-by-login-name.ts'
export { createAdmin, type NewAdmin } from './create-admin.ts'
export { lockActingRole, lockUser } from './lock.ts'
export { removeAccount } from './remove-account.ts'
export { isTaken } from './retire.ts'
export { readSelf } from './self.ts'
export {
  findEnabledUser,
  findUserById,
  findUserByUsername,
  hasAccounts,
  hasAdmin,
  lockAdmins,
  saveProfile,
} from './store.ts'
export type { FoundUser } from './table.ts'
export { ownFields } from './visible-fields.ts'
