import { escapeHtml } from '../http/escape-html.ts'
import type { HttpMethod, JsonSchema, OpenApiDocument, Operation, Response } from '../openapi/open-api.ts'
import { sampleOf } from '../openapi/sample-value.ts'
import type { Resolve } from '../openapi/sample-value.ts'
import { curlLine } from './curl-line.ts'
import { renderInline, renderMarkdown } from './markdown.ts'
import { fieldHtml, fieldsHtml, typeHtml } from './schema-html.ts'

/** An operation with its place in the document. */
export interface PlacedOperation {
  method: HttpMethod
  path: string
  operation: Operation
}

export function methodHtml(method: HttpMethod): string {
  return `<span class="method">${method.toUpperCase()}</span>`
}

/** Renders everything about an operation. */
export function operationHtml(
  document: OpenApiDocument,
  resolve: Resolve,
  { method, path, operation }: PlacedOperation,
): string {
  const id = escapeHtml(operation.operationId)
  const [{ url } = { url: '' }] = document.servers
  const address = `${new URL(url).pathname}${path}`
  return [
    `<article id="${id}">`,
    `<h3><a href="#${id}">${renderInline(operation.summary)}</a></h3>`,
    `<p class="call">${methodHtml(method)} <code>${escapeHtml(address)}</code></p>`,
    renderMarkdown(operation.description),
    `<p>Procedure of the typed client: <code>${escapeHtml(operation['x-procedure'])}</code></p>`,
    parametersHtml(operation, resolve),
    bodyHtml(operation, resolve),
    responsesHtml(document, operation, resolve),
    '<h4>With curl</h4>',
    preHtml(curlLine({ method, url: `${url}${path}`, operation, resolve })),
    '</article>',
  ].join('\n')
}

function preHtml(text: string): string {
  return `<pre><code>${escapeHtml(text)}</code></pre>`
}

function parametersHtml({ parameters = [] }: Operation, resolve: Resolve): string {
  if (parameters.length === 0) return ''
  const lines = parameters.map(({ name, in: place, required: isRequired, schema, description }) => {
    const where = place === 'path' ? 'in the path' : 'in the query string'
    const documented = { ...schema, ...(description === undefined ? {} : { description }) }
    return fieldHtml({ name, schema: documented, isRequired, where }, resolve)
  })
  return `<h4>Parameters</h4><dl>${lines.join('\n')}</dl>`
}

function bodyHtml({ requestBody }: Operation, resolve: Resolve): string {
  const media = requestBody?.content['application/json']
  if (media === undefined) return ''
  const optional = requestBody?.required === true ? '' : ' (optional)'
  return `<h4>Body${optional}</h4><p>${typeHtml(media.schema)}</p>${fieldsHtml(resolve(media.schema), resolve)}`
}

function responsesHtml(document: OpenApiDocument, operation: Operation, resolve: Resolve): string {
  const entries = Object.entries(operation.responses)
  const success = entries.flatMap(([status, response]) =>
    '$ref' in response ? [] : [successHtml(status, response, resolve)],
  )
  const failures = entries.flatMap(([status, response]) =>
    '$ref' in response
      ? reasonsOf(document, response.$ref).map((reason) => `<li>${status} ${reasonLink(reason)}</li>`)
      : [],
  )
  return `${success.join('\n')}<h4>Failures</h4><ul class="reasons">${failures.join('\n')}</ul>`
}

function successHtml(status: string, { description, content = {} }: Response, resolve: Resolve): string {
  const media = Object.entries(content).map(([type, { schema }]) => {
    const shown: JsonSchema = schema.contentSchema ?? schema
    const example = JSON.stringify(sampleOf(shown, resolve), null, 2)
    return `<p>${escapeHtml(type)}: ${typeHtml(shown)}</p>${preHtml(example)}`
  })
  return `<h4>Response ${status}</h4><p>${renderInline(description)}</p>${media.join('\n')}`
}

function reasonLink(reason: string): string {
  return `<a href="#${escapeHtml(reason)}"><code>${escapeHtml(reason)}</code></a>`
}

/** Returns the reasons that a response lists, from its description: one item for each. */
function reasonsOf({ components }: OpenApiDocument, reference: string): string[] {
  const name = reference.slice(reference.lastIndexOf('/') + 1)
  const { [name]: response } = components.responses
  return [...(response?.description ?? '').matchAll(/^- `(\w+)`/gm)].map(([, reason = '']) => reason)
}
