import { FailureError } from '@app/router'
import { isJsonObject } from '../api/json-object.ts'
import type { ProcedurePath } from '../api/procedure-path.ts'
import type { ReadBody } from '../api/read-body.ts'
import { fieldTypes, valueOf } from './query-types.ts'

interface SentInput {
  procedure: ProcedurePath
  method: string
  parameters: Readonly<Record<string, string>>
  /** The query string, with or without its question mark. */
  search: string
  /** The body; undefined for a method without one. */
  body: ReadBody | undefined
  /** The header that browsers send when they reopen an event stream. It is newer than the query string. */
  lastEventId?: string | string[] | undefined
}

/**
 * Returns the input of a procedure: the parameters of the path, and the fields of the body or, for GET and
 * DELETE, of the query string. No field may be sent in two places.
 * @throws INVALID_INPUT
 */
export function readInput(input: SentInput): unknown {
  const { procedure, method, parameters, search, lastEventId } = input
  const body = input.body === undefined ? {} : input.body.value
  const sent = parseQuery(search)
  if (input.body !== undefined && method !== 'DELETE') {
    if (sent.length > 0) throw invalid('Send the fields in the body, not in the query string.')
    if (!isJsonObject(body) || Object.keys(parameters).length === 0) return body
    return { ...withoutParameters(body, parameters), ...parameters }
  }
  // RFC 9110 section 9.3.5: the body of a DELETE has no meaning, and proxies may drop it.
  if (!isJsonObject(body) || Object.keys(body).length > 0)
    throw invalid('Send the fields of a DELETE in the query string, not in a body.')
  const types = fieldTypes(procedure)
  const repeated = repeatedIn(sent.map(([name]) => name).filter((name) => types.has(name)))
  if (repeated.length > 0) throw invalidFields(repeated, 'Send this once.')
  const fields = Object.fromEntries(sent.map(([name, value]) => [name, valueOf(value, types.get(name))]))
  const fromHeader = lastEventId === undefined ? {} : { lastEventId }
  return { ...withoutParameters(fields, parameters), ...parameters, ...fromHeader }
}

/** Returns the names after their first place. A query string has thousands, so it must be linear. */
function repeatedIn(names: readonly string[]): string[] {
  const found = new Set<string>()
  return names.filter((name) => found.size === found.add(name).size)
}

type Fields = Readonly<Record<string, unknown>>

/** @throws INVALID_INPUT when a field is in the path too, even with the same value */
function withoutParameters(fields: Fields, parameters: Readonly<Record<string, string>>): Fields {
  const twice = Object.keys(parameters).filter((name) => Object.hasOwn(fields, name))
  if (twice.length > 0) throw invalidFields(twice, 'This is part of the path. Leave it out here.')
  return fields
}

/** @throws INVALID_INPUT when the text is not UTF-8 in percent-encoding */
function parseQuery(search: string): [name: string, value: string][] {
  const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))
  const pieces = search.replace(/^\?/, '').split('&')
  try {
    return pieces
      .filter((piece) => piece !== '')
      .map((piece) => {
        const [name = '', ...value] = piece.split('=')
        return [decode(name), decode(value.join('='))]
      })
  } catch {
    throw invalid('The query string is not UTF-8 text in percent-encoding.')
  }
}

function invalid(sentence: string): FailureError {
  return new FailureError({ reason: 'INVALID_INPUT', fields: {}, form: [sentence] })
}

function invalidFields(names: readonly string[], sentence: string): FailureError {
  const fields = Object.fromEntries(names.map((name) => [name, [sentence]]))
  return new FailureError({ reason: 'INVALID_INPUT', fields, form: [] })
}
