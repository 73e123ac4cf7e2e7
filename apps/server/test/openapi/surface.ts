import { commonReasons, protocolReasons } from '@app/contract'
import type { JsonSchema, OpenApiDocument, Operation } from '../../src/openapi/open-api.ts'
import { operationsOf } from './api-document.ts'

/**
 * What programs rely on, without prose: facts by what they are about. `in` is what a program sends, `out`
 * what it gets.
 */
export type Surface = Map<string, string>

/** Of every operation, so they say nothing about one. */
const everyCallReasons: ReadonlySet<string> = new Set([...commonReasons, ...protocolReasons])

/** Reads the surface of a document. */
export function surfaceOf(document: OpenApiDocument): Surface {
  const surface: Surface = new Map()
  const sent = new Set<string>()
  const got = new Set<string>()
  for (const { method, path, operation } of operationsOf(document)) {
    const subject = `${method.toUpperCase()} ${path}`
    surface.set(`${subject} calls`, operation['x-procedure'])
    surface.set(`${subject} access`, accessOf(operation))
    const { scope } = operation['x-access']
    if (scope !== null) surface.set(`${subject} accepts tokens`, scope)
    for (const { name, in: place, required, schema } of operation.parameters ?? []) {
      addField(surface, `${subject} in ${place}.${name}`, schema, required)
      addReferences(sent, schema)
    }
    const { requestBody } = operation
    const body = requestBody?.content['application/json']?.schema
    if (requestBody !== undefined && body !== undefined) {
      addField(surface, `${subject} in body`, body, requestBody.required)
      addReferences(sent, body)
    }
    addResponses(surface, subject, document, operation, got)
  }
  addSchemas(surface, 'in', sent, document)
  addSchemas(surface, 'out', got, document)
  return new Map([...surface].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Writes one fact a line. */
export function printSurface(surface: Surface): string {
  return [...surface].map(([subject, fact]) => `${subject}: ${fact}\n`).join('')
}

/** Reads what `printSurface` wrote. */
export function parseSurface(text: string): Surface {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line): [string, string] => {
      const end = line.lastIndexOf(': ')
      return [line.slice(0, end), line.slice(end + 2)]
    }),
  )
}

function accessOf({ 'x-access': { who, recentAuthentication, secondFactor } }: Operation): string {
  return [
    [who].flat().join(' or '),
    ...(recentAuthentication ? ['recent authentication'] : []),
    ...(secondFactor === 'never' ? [] : [`second factor ${secondFactor}`]),
  ].join(', ')
}

function addResponses(
  surface: Surface,
  subject: string,
  { components }: OpenApiDocument,
  { responses }: Operation,
  got: Set<string>,
): void {
  for (const [status, response] of Object.entries(responses)) {
    if ('$ref' in response) {
      const shared = components.responses[response.$ref.replace('#/components/responses/', '')]
      for (const [, reason] of (shared?.description ?? '').matchAll(/^- `(\w+)`/gm)) {
        if (!everyCallReasons.has(reason ?? '')) surface.set(`${subject} fails with ${reason}`, status)
      }
      addReferences(got, shared?.content ?? {})
      continue
    }
    const content = Object.entries(response.content ?? {})
    if (content.length === 0) surface.set(`${subject} out`, status)
    for (const [type, { schema }] of content) {
      addField(surface, `${subject} out ${status} ${type}`, schema.contentSchema ?? schema, true)
      addReferences(got, schema)
    }
  }
}

function addSchemas(surface: Surface, prefix: string, names: Set<string>, document: OpenApiDocument): void {
  // The set grows during the loop, so that indirect references are included.
  for (const name of names) {
    const schema = document.components.schemas[name] ?? {}
    addField(surface, `${prefix} ${name}`, schema, true)
    addReferences(names, schema)
  }
}

function addField(surface: Surface, subject: string, schema: JsonSchema, isRequired: boolean): void {
  const { $ref, enum: values = [], properties, required = [], items, additionalProperties } = schema
  const members = schema.oneOf ?? schema.anyOf ?? []
  surface.set(subject, `${isRequired ? '' : 'optional '}${typeOf(schema)}`)
  if ($ref !== undefined) return
  for (const value of values) surface.set(`${subject} = ${String(value)}`, 'value')
  for (const [name, field] of Object.entries(properties ?? {})) {
    addField(surface, `${subject}.${name}`, field, required.includes(name))
  }
  if (items !== undefined) addField(surface, `${subject}[]`, items, true)
  if (typeof additionalProperties === 'object') addField(surface, `${subject}{}`, additionalProperties, true)
  for (const [index, member] of members.entries()) {
    addField(surface, `${subject}|${memberName(member) ?? index}`, member, true)
  }
}

/** Names a member of a union by its reference, its type, or the constant that selects it. */
function memberName(member: JsonSchema): string | undefined {
  if (member.$ref !== undefined) return typeOf(member)
  const constant = Object.values(member.properties ?? {}).find((field) => field.const !== undefined)
  return constant === undefined ? undefined : String(constant.const)
}

function typeOf(schema: JsonSchema): string {
  const { $ref, const: only, enum: values, type, format, minLength, maxLength, minimum, maximum } = schema
  if ($ref !== undefined) return $ref.replace('#/components/schemas/', '')
  if (only !== undefined) return `only ${JSON.stringify(only)}`
  if (values !== undefined) return 'one of'
  if ((schema.oneOf ?? schema.anyOf) !== undefined) return 'union'
  const limits = [minLength ?? minimum, maxLength ?? maximum]
  return [
    [type ?? 'anything'].flat().join(' or '),
    ...(format === undefined ? [] : [format]),
    ...(limits.every((limit) => limit === undefined) ? [] : [limits.map((limit) => limit ?? '').join('..')]),
  ].join(' ')
}

function addReferences(names: Set<string>, value: object): void {
  JSON.stringify(value, (key, each: unknown) => {
    if (key === '$ref' && typeof each === 'string') names.add(each.replace('#/components/schemas/', ''))
    return each
  })
}
