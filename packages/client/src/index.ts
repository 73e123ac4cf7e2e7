export { attempt, everyCallText, failureOf, type Attempt } from './attempt.ts'
export type {
  AnyFailure,
  Call,
  CallError,
  CallOptions,
  ClientOptions,
  CookieStore,
  EveryCallFailure,
  Stream,
  StreamOptions,
} from './call.ts'
export { createClient, type Client } from './create-client.ts'
export { failureText } from '@app/contract/failure-text'
export type { Failure, Unreachable } from '@app/contract/failures'
