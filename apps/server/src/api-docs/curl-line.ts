import type { HttpMethod, Operation } from '../openapi/open-api.ts'
import { sampleOf } from '../openapi/sample-value.ts'
import type { Resolve } from '../openapi/sample-value.ts'

interface CallExample {
  method: HttpMethod
  /** With the origin; parameters in braces. */
  url: string
  operation: Operation
  resolve: Resolve
}

/** Returns a command that calls the operation. Cookies are kept in the file `cookies`. */
export function curlLine({ method, url, operation, resolve }: CallExample): string {
  const { parameters = [], requestBody } = operation
  const filled = parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((text, { name, schema }) => text.replace(`{${name}}`, String(sampleOf(schema, resolve))), url)
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, schema }) => `${name}=${encodeURIComponent(String(sampleOf(schema, resolve)))}`)
  const example = requestBody?.content['application/json']?.example
  return [
    `curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} '${[filled, ...query].join('?')}'`,
    '-b cookies -c cookies',
    ...(example === undefined
      ? []
      : [`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(example)}'`]),
  ].join(' \\\n  ')
}
