export { createClient, type Client, type ClientOptions } from './create-client.ts'
export {
  everyCallText,
  failureOf,
  type EveryCallFailure,
  type FailureOf,
  type Unreachable,
} from './failure-of.ts'
export { safe } from '@trpc/client'
