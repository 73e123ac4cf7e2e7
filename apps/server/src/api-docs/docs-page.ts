import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { product } from '@app/contract/product'
import { escapeHtml } from '../http/escape-html.ts'
import { headerHtml } from '../http/header-html.ts'
import { nameOfReference } from '../openapi/api-schemas.ts'
import type { HttpMethod, JsonSchema, OpenApiDocument, Operation } from '../openapi/open-api.ts'
import type { Resolve } from '../openapi/sample-value.ts'
import { renderInline, renderMarkdown } from './markdown.ts'
import { methodHtml, operationHtml } from './operation-html.ts'
import type { PlacedOperation } from './operation-html.ts'
import { fieldsHtml, limitsOf, schemaAnchor, typeHtml } from './schema-html.ts'

/**
 * Renders the document as one page: no script, every operation with an anchor, all text findable. Other
 * requests run between two operations.
 */
export async function docsPage(
  document: OpenApiDocument,
  documentPath: string,
  css: string,
): Promise<string> {
  const { info, tags, components } = document
  const resolve: Resolve = (schema) =>
    schema.$ref === undefined ? schema : (components.schemas[nameOfReference(schema.$ref)] ?? {})
  const operations = placedOperations(document)
  const groups = tags.map((tag) => ({
    ...tag,
    operations: operations.filter(({ operation }) => operation.tags.includes(tag.name)),
  }))
  const sections: string[] = []
  for (const { name, description, operations: own } of groups) {
    sections.push(`<section aria-labelledby="tag-${name}"><h2 id="tag-${name}">${escapeHtml(name)}</h2>`)
    sections.push(`<p>${renderInline(description)}</p>`)
    for (const each of own) {
      await yieldToEventLoop()
      sections.push(operationHtml(document, resolve, each))
    }
    sections.push('</section>')
  }
  const problems = Object.values(components.schemas).filter((schema) => reasonOf(schema) !== undefined)
  const named = Object.entries(components.schemas).filter(([, schema]) => reasonOf(schema) === undefined)
  return [
    '<!doctype html>',
    '<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(info.title)}</title>`,
    `<style>${css}</style>`,
    headerHtml('/'),
    '<main class="docs">',
    '<div class="intro">',
    `<h1>${escapeHtml(info.title)}</h1>`,
    renderMarkdown(info.description),
    `<p><a href="${documentPath}">OpenAPI document</a> for generators of clients</p>`,
    '</div>',
    '<div class="columns">',
    '<nav aria-label="Contents">',
    ...groups.map((group) => contentsHtml(group.name, group.operations)),
    '<h2>More</h2><ul><li><a href="#failures">Failures</a></li><li><a href="#schemas">Schemas</a></li></ul>',
    '</nav>',
    '<div class="operations">',
    ...sections,
    '<section aria-labelledby="failures"><h2 id="failures">Failures</h2>',
    ...problems.map((schema) => problemHtml(schema, resolve)),
    '</section>',
    '<section aria-labelledby="schemas"><h2 id="schemas">Schemas</h2>',
    ...named.map(([name, schema]) => schemaHtml(name, schema, resolve)),
    '</section>',
    '</div>',
    '</div>',
    '</main>',
    `<footer class="docs">${escapeHtml(product.name)}</footer>`,
    '</html>',
    '',
  ].join('\n')
}

function placedOperations({ paths }: OpenApiDocument): PlacedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    // Sound: the methods of a path item.
    (Object.entries(item) as [HttpMethod, Operation][]).map(([method, operation]) => ({
      method,
      path,
      operation,
    })),
  )
}

function contentsHtml(name: string, operations: PlacedOperation[]): string {
  const items = operations.map(
    ({ method, path, operation }) =>
      `<li>${methodHtml(method)} <a href="#${escapeHtml(operation.operationId)}">${escapeHtml(path)}</a></li>`,
  )
  return `<h2>${escapeHtml(name)}</h2><ul>${items.join('\n')}</ul>`
}

/** Returns the reason of the schema of a problem; undefined for other schemas. */
function reasonOf({ properties }: JsonSchema): string | undefined {
  const reason = properties?.['reason']?.const
  return typeof reason === 'string' ? reason : undefined
}

function problemHtml(schema: JsonSchema, resolve: Resolve): string {
  const reason = escapeHtml(reasonOf(schema) ?? '')
  const { properties = {}, required = [] } = schema
  const own = Object.entries(properties).filter(([name]) => !commonMembers.has(name))
  return [
    `<article id="${reason}"><h3><a href="#${reason}"><code>${reason}</code></a></h3>`,
    `<p>${String(properties['status']?.const)}: ${renderInline(schema.description ?? '')}</p>`,
    fieldsHtml({ properties: Object.fromEntries(own), required }, resolve),
    '</article>',
  ].join('\n')
}

/** What every problem has. */
const commonMembers: ReadonlySet<string> = new Set([
  'type',
  'title',
  'status',
  'detail',
  'instance',
  'reason',
])

function schemaHtml(name: string, schema: JsonSchema, resolve: Resolve): string {
  const id = schemaAnchor(name)
  const isObject = schema.properties !== undefined || (schema.oneOf ?? schema.anyOf) !== undefined
  return [
    `<article id="${id}"><h3><a href="#${id}">${escapeHtml(name)}</a></h3>`,
    ...(schema.description === undefined ? [] : [renderMarkdown(schema.description)]),
    ...(isObject
      ? [fieldsHtml(schema, resolve)]
      : [`<p>${[typeHtml(schema), ...limitsOf(schema)].join(', ')}</p>`]),
    '</article>',
  ].join('\n')
}
