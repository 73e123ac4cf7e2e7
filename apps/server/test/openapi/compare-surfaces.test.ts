import { beforeAll, expect, test } from 'vitest'
import type { JsonSchema, OpenApiDocument } from '../../src/openapi/open-api.ts'
import { apiDocument } from './api-document.ts'
import { compareSurfaces } from './compare-surfaces.ts'
import { parseSurface, printSurface, surfaceOf } from './surface.ts'

let document: OpenApiDocument

beforeAll(async () => {
  document = await apiDocument()
})

function schemaIn({ components }: OpenApiDocument, name: string) {
  // Sound: the named schema exists, and is an object.
  return components.schemas[name] as Required<Pick<JsonSchema, 'properties' | 'required'>>
}

const breaking: [string, (changed: OpenApiDocument) => void, string][] = [
  [
    'an operation is removed',
    ({ paths }) => delete paths['/account'],
    'removed: GET /account calls: account.me',
  ],
  [
    'a field of an output is removed',
    (changed) => delete schemaIn(changed, 'Self').properties['name'],
    'removed: out Self.name: string',
  ],
  [
    'a field of an output becomes optional',
    (changed) => schemaIn(changed, 'Self').required.shift(),
    'changed: out Self.id: Id -> optional Id',
  ],
  [
    'a field of an output gets another type',
    (changed) => (schemaIn(changed, 'Self').properties['name'] = { type: 'integer' }),
    'changed: out Self.name: string -> integer',
  ],
  [
    'a field of an input is removed',
    (changed) => delete schemaIn(changed, 'LoginInput').properties['remember'],
    'removed: in LoginInput.remember: optional boolean',
  ],
  [
    'an input gets a required field',
    (changed) => {
      const { properties, required } = schemaIn(changed, 'LoginInput')
      properties['captcha'] = { type: 'string' }
      required.push('captcha')
    },
    'added: in LoginInput.captcha: string',
  ],
  [
    'a field of an input becomes required',
    (changed) => schemaIn(changed, 'LoginInput').required.push('remember'),
    'changed: in LoginInput.remember: optional boolean -> boolean',
  ],
  [
    'a text of an input may be less long',
    (changed) => Object.assign(schemaIn(changed, 'NewPassword'), { maxLength: 64 }),
    'changed: in NewPassword: string password 8..256 -> string password 8..64',
  ],
  [
    'a parameter becomes required',
    ({ paths }) => Object.assign(paths['/users']?.get?.parameters?.[0] ?? {}, { required: true }),
    'changed: GET /users in query.cursor: optional string 1..500 -> string 1..500',
  ],
  [
    'a call needs more rights',
    ({ paths }) => Object.assign(paths['/users']?.get?.['x-access'] ?? {}, { who: ['admin'] }),
    'changed: GET /users access: user -> admin',
  ],
]

test.each(breaking)('surface: reports as breaking that %s', (_, change, line) => {
  const changed = structuredClone(document)
  change(changed)
  expect(compareSurfaces(surfaceOf(document), surfaceOf(changed)).breaking).toContain(line)
})

const compatible: [string, (changed: OpenApiDocument) => void][] = [
  [
    'an output gets a field',
    (changed) => (schemaIn(changed, 'Self').properties['phone'] = { type: 'string' }),
  ],
  [
    'an input gets an optional field',
    (changed) => (schemaIn(changed, 'LoginInput').properties['tz'] = { type: 'string' }),
  ],
  [
    'a required field of an input becomes optional',
    (changed) => schemaIn(changed, 'LoginInput').required.pop(),
  ],
  [
    'a text of an input may be longer',
    (changed) => Object.assign(schemaIn(changed, 'NewPassword'), { maxLength: 512 }),
  ],
  [
    'there is a new operation with required parameters',
    ({ paths }) => {
      const { delete: remove } = paths['/users/{id}'] ?? {}
      if (remove !== undefined) paths['/people/{id}'] = { delete: remove }
    },
  ],
]

test.each(compatible)('surface: reports as compatible that %s', (_, change) => {
  const changed = structuredClone(document)
  change(changed)
  const changes = compareSurfaces(surfaceOf(document), surfaceOf(changed))
  expect(changes.breaking).toEqual([])
  expect(changes.compatible).not.toEqual([])
})

test('surface: does not depend on prose, and is read as it was written', () => {
  const changed = structuredClone(document)
  changed.info.description = 'Other words.'
  Object.assign(schemaIn(changed, 'Self'), { description: 'Other words.' })
  expect(surfaceOf(changed)).toEqual(surfaceOf(document))
  expect(parseSurface(printSurface(surfaceOf(document)))).toEqual(surfaceOf(document))
})
