export { createBuckets, type Bucket, type Buckets } from './rule.ts'
export { closedForSeconds, forgive, reserveAttempt } from './throttle.ts'
