import { sessionPaths } from '@app/router/testing'
import type { SessionPath } from '@app/router/testing'
import { plainForms } from '../../src/plain-pages/plain-forms.ts'
import { restRoutes } from '../../src/rest/routes.ts'
import { tutorialRoutes } from '../../src/tutorial-api/routes.ts'

type Input = Readonly<Record<string, unknown>>

/** A procedure that opens sessions. */
export type SessionProcedure = Exclude<SessionPath, 'GET /auth/<provider>/callback'>

/** An address to which a browser or program sends a log-in. */
export interface SessionAddress {
  procedure: SessionProcedure
  address: string
  /** What is sent there for an input of the procedure. */
  body: (input: Input) => string | URLSearchParams
}

// Sound: the keys of the record.
const procedures = Object.keys(sessionPaths).filter(
  (path) => path !== 'GET /auth/<provider>/callback',
) as SessionProcedure[]

/** Every address of the procedures that open sessions. */
export const sessionAddresses: readonly SessionAddress[] = procedures.flatMap((procedure) => [
  { procedure, address: `/trpc/${procedure}`, body: asJson },
  { procedure, address: `/api/v1${restRoutes[procedure].path}`, body: asJson },
  ...[...plainForms].flatMap(([address, form]) =>
    form.procedure === procedure ? [{ procedure, address, body: asForm }] : [],
  ),
  ...Object.entries(tutorialRoutes).flatMap(([address, { POST }]) =>
    POST?.({}).procedure === procedure ? [{ procedure, address: `/api${address}`, body: asTutorial }] : [],
  ),
])

function asJson(input: Input): string {
  return JSON.stringify(input)
}

function asForm(input: Input): URLSearchParams {
  const { secret, ...fields } = input
  const texts = Object.entries({ ...fields, link: secret }).filter(
    (field): field is [string, string] => typeof field[1] === 'string',
  )
  return new URLSearchParams(texts)
}

function asTutorial({ username, ...rest }: Input): string {
  return asJson({ ...rest, uid: username })
}
