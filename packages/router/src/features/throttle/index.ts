export { createThrottleKeys, type ThrottleKey, type ThrottleKeys } from './rule.ts'
export { closedForSeconds, deleteFailuresOf, isLocked, resetFailures, reserveAttempt } from './throttle.ts'
