import { commonReasons, failures } from '@app/contract'
import type { Reason } from '@app/contract'
import type { RestRoute } from '../rest/route.ts'
import { accessRulesOf, describeAccess, securityOf } from './access-rules.ts'
import type { ApiSchemas } from './api-schemas.ts'
import { callParts } from './call-parts.ts'
import { linkHeadersOf } from './link-headers.ts'
import type { Operation, Response } from './open-api.ts'
import type { ProblemResponses } from './problem-schemas.ts'
import type { ProcedureDefinition } from './procedure-definitions.ts'

interface OperationParts {
  schemas: ApiSchemas
  problems: ProblemResponses
}

/** Describes the call of one procedure. */
export function operationOf(
  { schemas, problems }: OperationParts,
  procedure: ProcedureDefinition,
  route: RestRoute,
): Operation {
  const { path, meta } = procedure
  const { description } = meta
  if (description === undefined) throw new Error(`${path} needs .meta({ description: '…' }).`)
  const { summary, rest } = splitSentences(description)
  const rules = accessRulesOf(meta)
  const parts = callParts(schemas, procedure, route, `${pascalCase(path)}Body`)
  return {
    operationId: camelCase(path),
    tags: [path.slice(0, path.indexOf('.'))],
    summary,
    description: [...(rest === '' ? [] : [rest]), describeAccess(rules), ...notesOf(procedure)].join('\n\n'),
    security: securityOf(rules),
    ...parts,
    responses: {
      [route.status]: successOf(schemas, procedure, route),
      ...problems.forReasons(reasonsOf(procedure, route, parts.requestBody !== undefined)),
    },
    'x-procedure': path,
    'x-access': rules,
  }
}

/** Returns the reasons that a procedure and its guards declare, with those of every call to its route. */
function reasonsOf({ meta }: ProcedureDefinition, { method }: RestRoute, hasBody: boolean): Set<Reason> {
  // Sound: the keys of `failures` are the reasons.
  const declared = (Object.keys(failures) as Reason[]).filter((reason) => meta[reason] === true)
  return new Set<Reason>([
    ...declared,
    ...commonReasons,
    'MISDIRECTED',
    ...(method === 'GET' ? [] : (['CROSS_ORIGIN'] as const)),
    ...(hasBody ? (['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const) : []),
  ])
}

function successOf(
  schemas: ApiSchemas,
  { path, type, meta, output }: ProcedureDefinition,
  route: RestRoute,
): Response {
  const { status } = route
  if (status === 204) return { description: 'Done. There is no content.' }
  if (type === 'subscription') {
    if (meta.event === undefined) throw new Error(`${path} needs .meta({ event: … }).`)
    return {
      description: 'A stream of events. The `data` of each is the JSON text of this schema.',
      content: {
        'text/event-stream': {
          schema: {
            type: 'string',
            contentMediaType: 'application/json',
            contentSchema: schemas.schemaOf(meta.event, 'output'),
          },
        },
      },
    }
  }
  const schema = meta.download === true ? meta.file : output
  if (schema === undefined) throw new Error(`${path} needs .output(…), or .meta({ file: … }) for a download.`)
  const value = schemas.schemaOf(schema, 'output')
  const headers = linkHeadersOf(route, schemas.resolve(value))
  return {
    description: status === 201 ? 'It was created.' : 'It succeeded.',
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    content: { 'application/json': { schema: value } },
  }
}

function notesOf({ type, meta }: ProcedureDefinition): string[] {
  return [
    ...(meta.download === true ? ['The response is a file, sent while it is read.'] : []),
    ...(type === 'subscription'
      ? [
          'It is a stream of server-sent events. Send the id of the last event as `Last-Event-ID` to continue.',
        ]
      : []),
  ]
}

/** Splits a text into its first sentence, without the full stop, and the rest. */
function splitSentences(text: string): { summary: string; rest: string } {
  const end = text.search(/[.](?= |$)/)
  if (end === -1) return { summary: text, rest: '' }
  return { summary: text.slice(0, end), rest: text.slice(end + 2) }
}

/** `account.me` becomes `accountMe`. */
function camelCase(path: string): string {
  return path.replaceAll(/\.(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function pascalCase(path: string): string {
  const name = camelCase(path)
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}
