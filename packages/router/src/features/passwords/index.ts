export { createBreachCheck } from './breach-check/breach-check.ts'
export { checkChosenPassword, hashFirstPassword, hashRecoveredPassword } from './choose.ts'
export { isHashQueueFull } from './enter-hash-queue.ts'
export { createHashQueue } from './hash-queue.ts'
export { createHashWorkers } from './hash-worker-client.ts'
export type { Hasher } from './hasher.ts'
export { createPasswordPolicy } from './policy.ts'
export { recordFailedPassword } from './record-failure.ts'
export { createPasswordScheme } from './scheme.ts'
export {
  changeCredential,
  hasPassword,
  insertCredential,
  isCredentialVersion,
  replaceCredential,
  upgradeHash,
} from './store.ts'
export { createSprayDetector } from './spray-detector.ts'
export {
  endLockouts,
  endPasswordLockouts,
  resetLoginFailures,
  throttleKeyForLogin,
  throttleKeyForSession,
} from './throttle-key.ts'
export { verifyPassword } from './verify.ts'
