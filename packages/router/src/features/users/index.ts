export { createAccount } from './create-account.ts'
export { createAdministrator, type NewAdministrator } from './create-administrator.ts'
export { lockActingRole, lockUser } from './lock.ts'
export { removeAccount } from './remove-account.ts'
export { isTaken } from './retire.ts'
export { readSelf } from './self.ts'
export {
  findEnabledUser,
  findUserByUsername,
  hasAccounts,
  hasAdministrator,
  lockAdministrators,
  saveProfile,
} from './store.ts'
