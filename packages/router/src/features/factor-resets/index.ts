export { applyReset, cancelReset } from './end-reset.ts'
export { listUserFactors, requestFactorReset, type UserFactors } from './operator.ts'
export { cancelFactorReset, inspectFactorReset, resetFactors } from './procedures.ts'
export { findReset } from './store.ts'
