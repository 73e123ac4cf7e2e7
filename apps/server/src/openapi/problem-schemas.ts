import { failureDetails, failures } from '@app/contract'
import type { Reason } from '@app/contract'
import { z } from 'zod'
import { problemType, problemTypePath } from '../rest/problem.ts'
import { schemaReference } from './api-schemas.ts'
import type { ApiSchemas } from './api-schemas.ts'
import type { Header, JsonSchema, MediaType, Reference, Response } from './open-api.ts'

const details: { readonly [R in Reason]?: z.core.$ZodType & { shape: z.core.$ZodShape } } = failureDetails

// Sound: the keys of `failures` are the reasons.
const allReasons = Object.keys(failures) as Reason[]

/** Collects the responses of failed calls. Calls with the same failures share them. */
export class ProblemResponses {
  readonly #schemas: ApiSchemas
  readonly responses: Record<string, Response> = {}

  constructor(schemas: ApiSchemas) {
    this.#schemas = schemas
  }

  /** Returns the responses of a call that fails with these reasons, by status. */
  forReasons(reasons: ReadonlySet<Reason>): Record<string, Reference> {
    const byStatus = Map.groupBy(
      allReasons.filter((reason) => reasons.has(reason)),
      (reason) => failures[reason].status,
    )
    return Object.fromEntries([...byStatus].map(([status, each]) => [status, this.#responseFor(each)]))
  }

  #responseFor(reasons: Reason[]): Reference {
    const name = reasons.map(nameOfReason).join('Or')
    this.responses[name] ??= {
      description: reasons.map((reason) => `- \`${reason}\`: ${failures[reason].text}`).join('\n'),
      ...headersOf(reasons),
      content: problemContent(this.#schemaFor(reasons)),
    }
    return { $ref: `#/components/responses/${name}` }
  }

  #schemaFor(reasons: Reason[]): JsonSchema {
    const references = reasons.map((reason) => [reason, this.#referenceTo(reason)] as const)
    const oneOf = references.map(([, reference]) => reference)
    if (oneOf.length === 1) return { ...oneOf[0] }
    const mapping = Object.fromEntries(references.map(([reason, { $ref }]) => [reason, $ref]))
    return { oneOf, discriminator: { propertyName: 'reason', mapping } }
  }

  #referenceTo(reason: Reason): { $ref: string } {
    const name = `${nameOfReason(reason)}Problem`
    const { [reason]: detailSchema = z.object({}) } = details
    const { properties = {}, required = [] } = this.#schemas.schemaOf(detailSchema, 'output')
    const { status, text } = failures[reason]
    const own = {
      reason: { type: 'string', const: reason },
      status: { type: 'integer', const: status },
      type: { type: 'string', const: problemTypePath(reason) },
    }
    this.#schemas.add(name, problemSchema(text, { ...own, ...properties }, required))
    return schemaReference(name)
  }
}

/** The headers of failures, by name. */
export const problemHeaders: Record<'Retry-After' | 'WWW-Authenticate', Header> = {
  'Retry-After': {
    description: 'After how many seconds to try again.',
    schema: { type: 'integer', minimum: 1, examples: [30] },
  },
  'WWW-Authenticate': {
    description: 'With an access token: why it was not accepted (RFC 6750).',
    schema: { type: 'string', examples: ['Bearer error="invalid_token"'] },
  },
}

function headersOf(reasons: Reason[]): Pick<Response, 'headers'> {
  const names: (keyof typeof problemHeaders)[] = [
    ...(reasons.some(hasWait) ? (['Retry-After'] as const) : []),
    ...(reasons.some((reason) => challenged.has(reason)) ? (['WWW-Authenticate'] as const) : []),
  ]
  if (names.length === 0) return {}
  return {
    headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
  }
}

const challenged: ReadonlySet<Reason> = new Set(['UNAUTHENTICATED', 'SCOPE_REQUIRED'])

function hasWait(reason: Reason): boolean {
  const { [reason]: schema } = details
  return schema !== undefined && 'retryAfterSeconds' in schema.shape
}

/** `NOT_FOUND` becomes `NotFound`. */
function nameOfReason(reason: Reason): string {
  return reason
    .toLowerCase()
    .split('_')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('')
}

function problemSchema(description: string, own: Record<string, JsonSchema>, required: string[]): JsonSchema {
  const properties: Record<string, JsonSchema> = {
    type: { type: 'string', format: 'uri-reference', description: 'The address that describes the reason.' },
    title: { type: 'string', description: 'The same sentence for every failure of the reason.' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'A sentence for users about this failure.' },
    instance: { type: 'string', format: 'uri', description: 'The request id, as in the log of the server.' },
    reason: { type: 'string', description: 'The failure, for programs. A released reason keeps its name.' },
  }
  return {
    description,
    type: 'object',
    properties: { ...properties, ...own },
    required: [...Object.keys(properties), ...required],
  }
}

function problemContent(schema: JsonSchema): Record<string, MediaType> {
  return { [problemType]: { schema } }
}
