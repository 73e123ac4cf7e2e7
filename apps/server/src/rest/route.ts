import type { InputOf, OutputOf, ProcedurePath, TypeOf } from '../api/procedure-path.ts'

export type RestMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The method and path under /api/v1 that call a procedure. */
export interface RestRoute {
  method: RestMethod
  /** `{id}` is a parameter: a field of the input. */
  path: `/${string}`
  /** Of a success. 201: it created what it returns. 204: the procedure has no output. */
  status: 200 | 201 | 204
}

interface TypedRoute<P extends ProcedurePath> {
  /** A query that changes something is called by POST, so that no link or prefetch calls it. */
  method: TypeOf<P> extends 'query' ? 'GET' | 'POST' : MethodOfOthers<TypeOf<P>>
  path: `/${string}`
  status: OutputOf<P> extends Record<string, never> ? 204 : 200 | 201
}

type MethodOfOthers<Type> = Type extends 'mutation' ? Exclude<RestMethod, 'GET'> : 'GET'

/** The names in braces: `id` of `/users/{id}`. */
type ParametersIn<Template> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersIn<Rest>
  : never

/** The fields of an input whose values are text. */
type TextFields<Input> = Input extends unknown
  ? { [Key in keyof Input]-?: Input[Key] extends string ? Key : never }[keyof Input]
  : never

type Checked<Table> = {
  [P in keyof Table]: P extends ProcedurePath
    ? Table[P] extends { path: infer Template }
      ? ParametersIn<Template> extends TextFields<InputOf<P>>
        ? Table[P]
        : { path: 'The path has a parameter that is no required text of the input.' }
      : never
    : never
}

/**
 * Checks the table of routes by its types: every procedure has a route, its method fits the procedure, and
 * each parameter of a path is a text in the input.
 */
export function routesOf<const Table extends { [P in ProcedurePath]: TypedRoute<P> }>(
  table: Table & Checked<Table>,
): Readonly<Record<ProcedurePath, RestRoute>> {
  return table
}
