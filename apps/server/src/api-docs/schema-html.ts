import { escapeHtml } from '../http/escape-html.ts'
import { nameOfReference } from '../openapi/api-schemas.ts'
import type { JsonSchema } from '../openapi/open-api.ts'
import type { Resolve } from '../openapi/sample-value.ts'
import { renderInline } from './markdown.ts'

/** Returns the type of a schema as a phrase, with links to named schemas. */
export function typeHtml(schema: JsonSchema): string {
  if (schema.$ref !== undefined) {
    const name = nameOfReference(schema.$ref)
    return `<a href="#${schemaAnchor(name)}">${escapeHtml(name)}</a>`
  }
  if (schema.const !== undefined) return codeOf(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(codeOf).join(' or ')
  const members = schema.oneOf ?? schema.anyOf
  if (members !== undefined) return members.map(typeHtml).join(' or ')
  const types = [schema.type ?? 'anything'].flat()
  return types.map((type) => (type === 'array' ? listHtml(schema) : escapeHtml(type))).join(' or ')
}

export function schemaAnchor(name: string): string {
  return `schema-${name}`
}

/** Returns the limits of a schema as phrases: `2 to 32 characters`. */
export function limitsOf(schema: JsonSchema): string[] {
  const { minLength, maxLength, minimum, maximum, maxItems, format, default: fallback } = schema
  return [
    ...rangeOf(minLength, maxLength, ' characters'),
    ...rangeOf(minimum, maximum, ''),
    ...rangeOf(undefined, maxItems, ' items'),
    ...(format === undefined ? [] : [`format ${escapeHtml(format)}`]),
    ...(fallback === undefined ? [] : [`default ${codeOf(fallback)}`]),
  ]
}

/** Lists the fields of an object, or of the members of a union. */
export function fieldsHtml(schema: JsonSchema, resolve: Resolve): string {
  const members = schema.oneOf ?? schema.anyOf
  if (members !== undefined) {
    const shown = members.filter((member) => member.properties !== undefined || member.$ref !== undefined)
    return shown
      .map((member) =>
        member.$ref === undefined ? fieldsHtml(member, resolve) : `<p>${typeHtml(member)}</p>`,
      )
      .join('<p class="or">or</p>')
  }
  const entries = Object.entries(schema.properties ?? {})
  if (entries.length === 0) return ''
  const required = new Set(schema.required)
  const lines = entries.map(([name, field]) =>
    fieldHtml({ name, schema: field, isRequired: required.has(name) }, resolve),
  )
  return `<dl>${lines.join('\n')}</dl>`
}

interface Field {
  name: string
  schema: JsonSchema
  isRequired: boolean
  /** Of a parameter: where it is sent. */
  where?: string
}

/** Returns a term and its definition for a field or parameter. */
export function fieldHtml({ name, schema, isRequired, where }: Field, resolve: Resolve): string {
  const notes = [
    typeHtml(schema),
    ...limitsOf({ ...resolve(schema), ...schema }),
    ...(where === undefined ? [] : [where]),
    ...(isRequired ? [] : ['optional']),
  ]
  const text = schema.description === undefined ? '' : `<br>${renderInline(schema.description)}`
  return `<dt><code>${escapeHtml(name)}</code></dt><dd>${notes.join(', ')}${text}</dd>`
}

function codeOf(value: unknown): string {
  return `<code>${escapeHtml(typeof value === 'string' ? value : JSON.stringify(value))}</code>`
}

function listHtml({ items }: JsonSchema): string {
  return items === undefined ? 'list' : `list of ${typeHtml(items)}`
}

function rangeOf(min: number | undefined, max: number | undefined, unit: string): string[] {
  if (min === undefined && max === undefined) return []
  if (min === undefined) return [`at most ${max}${unit}`]
  return [max === undefined ? `at least ${min}${unit}` : `${min} to ${max}${unit}`]
}
