export { createAccount } from './create-account.ts'
export { createAdmin, type NewAdmin } from './create-admin.ts'
export { lockActingRole, lockUser } from './lock.ts'
export { removeAccount } from './remove-account.ts'
export { isTaken } from './retire.ts'
export { readSelf } from './self.ts'
export {
  findEnabledUser,
  findUserByUsername,
  hasAccounts,
  hasAdmin,
  lockAdmins,
  saveProfile,
} from './store.ts'
