export { createFirstCodes } from './create-codes.ts'
export { countCodes } from './store.ts'
export { useRecoveryCode } from './use-recovery-code.ts'
