import type { CommonReason, Failure, ProtocolReason, Reason } from '@app/contract/failures'
import type {
  AnyProcedure,
  AnyRouter,
  inferProcedureErrorShape,
  inferRouterInputs,
  inferRouterOutputs,
} from '@trpc/server'
import type { Call, CallOptions, EveryCallFailure, Stream, StreamOptions } from './call.ts'

/** The procedures of a router as a program calls them. "Go to definition" on a name opens the procedure. */
export type ClientOf<Router extends AnyRouter> = CallsOf<
  Router,
  Router['_def']['record'],
  inferRouterInputs<Router>,
  inferRouterOutputs<Router>
>

type CallsOf<Router extends AnyRouter, Routes, Inputs, Outputs> = {
  [Name in keyof Routes]: Name extends keyof Inputs & keyof Outputs
    ? Routes[Name] extends AnyProcedure
      ? Method<
          Routes[Name]['_def']['type'],
          Inputs[Name],
          Outputs[Name],
          FailureIn<inferProcedureErrorShape<Router, Routes[Name]>>
        >
      : CallsOf<Router, Routes[Name], Inputs[Name], Outputs[Name]>
    : never
}

type Method<Type, Input, Output, Own extends Failure> = Type extends 'query'
  ? { query: (input: Input, options?: CallOptions) => Call<Output, Own | EveryCallFailure> }
  : Type extends 'mutation'
    ? { mutate: (input: Input, options?: CallOptions) => Call<Output, Own | EveryCallFailure> }
    : {
        subscribe: (
          input: Input,
          options: StreamOptions<
            Output extends AsyncIterable<infer Value> ? Value : never,
            Own | EveryCallFailure
          >,
        ) => Stream
      }

/** The failures that a procedure and its guards declare, read from the shape of its errors. */
type FailureIn<Shape> = Failure<Exclude<ReasonIn<Shape>, CommonReason | ProtocolReason>>

type ReasonIn<Shape> = Shape extends { data: { failure: { reason: infer R extends Reason } } } ? R : never
