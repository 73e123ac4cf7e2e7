export { createAccount } from './create-account.ts'
export { createAdministrator, type NewAdministrator } from './create-administrator.ts'
export { readSelf } from './self.ts'
export { findEnabledUser, findUserByUsername, renameUser } from './store.ts'
