import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commonReasons, protocolReasons } from '@app/contract'
import { beforeAll, expect, test } from 'vitest'
import type { JsonSchema, OpenApiDocument } from '../../src/openapi/open-api.ts'
import { restRoutes } from '../../src/rest/routes.ts'
import { provocations } from '../provocations/provocations.ts'
import { paths, procedures } from '../support/procedures.ts'
import { apiDocument, operationsByProcedure, operationsOf, validatorOf } from './api-document.ts'

let document: OpenApiDocument

beforeAll(async () => {
  document = await apiDocument()
})

test('document: is valid by the specification and the recommended rules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'))
  try {
    const file = join(folder, 'openapi.json')
    writeFileSync(file, JSON.stringify(document))
    for (const rules of ['spec', 'recommended-strict']) {
      // A product chooses the licence of its API itself.
      const { stdout, stderr, status } = lint(file, `--extends=${rules}`, '--skip-rule=info-license')
      expect({ status, report: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ status: 0, report: '' })
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('document: has each procedure once, at its route', () => {
  const placed = operationsOf(document).map(
    ({ method, path, operation }) => `${operation['x-procedure']}: ${method.toUpperCase()} ${path}`,
  )
  const routes = paths.map((path) => `${path}: ${restRoutes[path].method} ${restRoutes[path].path}`)
  expect(placed.toSorted()).toEqual(routes.toSorted())
})

test('document: an operation lists exactly the failures that can be provoked', () => {
  const listed = [...operationsByProcedure(document)].map(([path, operation]) => [
    path,
    Object.values(operation.responses)
      .flatMap((response) => ('$ref' in response ? reasonsIn(response.$ref) : []))
      .filter((reason) => !everyCallReasons.has(reason))
      .toSorted(),
  ])
  expect(Object.fromEntries(listed)).toEqual(
    Object.fromEntries(paths.map((path) => [path, Object.keys(provocations[path]).toSorted()])),
  )
})

test('document: an operation has the access of its procedure', () => {
  for (const [path, operation] of operationsByProcedure(document)) {
    const { access, sudo = false, secondFactor = 'never', scope = null } = metaOf(path)
    expect({ path, rules: operation['x-access'] }).toEqual({
      path,
      rules: { who: access, recentAuthentication: sudo, secondFactor, scope },
    })
    const session = { sessionCookie: [] }
    const schemes = scope === null ? [session] : [session, { accessToken: [scope] }]
    expect({ path, security: operation.security }).toEqual({
      path,
      security: access === 'public' ? [] : schemes,
    })
  }
})

test('document: a failure that says when to try again has its header', () => {
  const waiting = Object.values(document.components.responses).filter(({ content = {} }) =>
    JSON.stringify(content).match(/\/(?:RateLimited|Busy|Unavailable)Problem"/),
  )
  expect(waiting.length).toBeGreaterThan(0)
  expect(waiting.filter(({ headers }) => headers?.['Retry-After'] === undefined)).toEqual([])
})

test('document: outputs are open to new fields, and inputs are not', () => {
  const { schemas } = document.components
  const closed = Object.entries(schemas)
    .filter(([, schema]) => JSON.stringify(schema).includes('"additionalProperties":false'))
    .map(([name]) => name)
  expect(closed.filter((name) => !/(?:Input|Body|PasswordConfirmation)$/.test(name))).toEqual([])
  expect(closed).toContain('LoginInput')
})

test('document: every example is valid', () => {
  const validate = validatorOf(document)
  let examples = 0
  const invalid: string[] = []
  const check = (where: string, schema: JsonSchema, example: unknown) => {
    examples += 1
    const problems = validate(schema, example)
    if (problems.length > 0) invalid.push(`${where}: ${JSON.stringify(example)} ${problems.join(', ')}`)
  }
  JSON.stringify(document, (key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value
    // Sound: the keys tell a schema with examples from a body with one.
    const {
      examples: several = [],
      example,
      schema,
    } = value as JsonSchema & {
      example?: unknown
      schema?: JsonSchema
    }
    for (const each of several) check(key, value, each)
    if (example !== undefined && schema !== undefined) check(key, schema, example)
    return value
  })
  expect(invalid).toEqual([])
  expect(examples).toBeGreaterThan(20)
})

const everyCallReasons: ReadonlySet<string> = new Set([...commonReasons, ...protocolReasons])

/** Returns the reasons of a response, from its schemas. */
function reasonsIn(reference: string): string[] {
  const { components } = document
  const name = reference.replace('#/components/responses/', '')
  const text = JSON.stringify(components.responses[name]?.content)
  return [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, schema = '']) =>
    String(components.schemas[schema]?.properties?.['reason']?.const),
  )
}

function metaOf(path: string): { access?: unknown; sudo?: unknown; secondFactor?: unknown; scope?: unknown } {
  const { [path]: procedure } = procedures as Record<string, { _def: { meta?: unknown } }>
  // Sound: the shape of the router's meta.
  return procedure?._def.meta as object
}

function lint(...args: string[]) {
  const program = fileURLToPath(new URL('bin/cli.js', import.meta.resolve('@redocly/cli/package.json')))
  return spawnSync(process.execPath, [program, 'lint', ...args], {
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })
}
