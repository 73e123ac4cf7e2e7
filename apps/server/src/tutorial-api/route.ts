import type { OutputOf, ProcedurePath } from '../api/procedure-path.ts'
import type { Envelope } from './envelope.ts'

/** The fields of a JSON body, or the parameters of a query string. */
export type Fields = Readonly<Record<string, unknown>>

/** What a route answers to the value of its procedure. */
export interface Answer extends Envelope {
  status: number
  /** The query string of the next page of a list. */
  nextPage?: URLSearchParams | undefined
}

/** One method of one path: a procedure, and the names that the tutorial gives its fields. */
export interface Route {
  procedure: string
  /** Renames the fields. The schema of the procedure checks them. */
  input: (fields: Fields) => unknown
  answer: (value: unknown, fields: Fields) => Answer
}

interface RouteOptions<Path extends ProcedurePath> {
  input?: Route['input']
  answer: (value: OutputOf<Path>, fields: Fields) => Answer
}

/** Makes a route whose answer is typed by its procedure. By default no field is sent to the procedure. */
export function routeTo<Path extends ProcedurePath>(
  procedure: Path,
  { input = () => undefined, answer }: RouteOptions<Path>,
): Route {
  // Sound: the value comes from this procedure.
  return { procedure, input, answer: (value, fields) => answer(value as OutputOf<Path>, fields) }
}

/** Returns the answer of a call that succeeded. */
export function success(message: string, data: unknown, status = 200): Answer {
  return { status, message, data, error: null }
}
