export { createAccount } from './create-account.ts'
export { readSelf } from './self.ts'
export { findEnabledUser, findUserByUsername, renameUser } from './store.ts'
