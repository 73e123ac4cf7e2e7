export { createThrottleKeys, type ThrottleKey, type ThrottleKeys } from './rule.ts'
export {
  closedForSeconds,
  deleteFailuresOf,
  deletePasswordFailuresOf,
  isLocked,
  resetFailures,
  reserveAttempt,
} from './throttle.ts'
