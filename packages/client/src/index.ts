export { createClient, type Client, type ClientOptions } from './create-client.ts'
export {
  everyCallText,
  failureOf,
  type EveryCallFailure,
  type FailureOf,
  type Unreachable,
} from './failure-of.ts'
export { safe } from '@trpc/client'
// Named in the types of every call: a program that exports a result can name them without knowing other packages.
export type { FailureShape } from '@app/router'
