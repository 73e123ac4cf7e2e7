import { beforeAll, describe, expect, test } from 'vitest'
import type { JsonSchema, OpenApiDocument, Operation } from '../../src/openapi/open-api.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { callRest, reasonOf } from '../rest/rest-call.ts'
import type { RestAnswer } from '../rest/rest-call.ts'
import { newAdmin, unknownId } from '../support/actors.ts'
import type { Path } from '../support/procedure-types.ts'
import { paths } from '../support/procedures.ts'
import { validInput } from '../support/valid-inputs.ts'
import { apiDocument, operationsByProcedure, validatorOf } from './api-document.ts'
import type { Validate } from './api-document.ts'

let document: OpenApiDocument
let operations: Map<string, Operation>
let validate: Validate

beforeAll(async () => {
  document = await apiDocument()
  operations = operationsByProcedure(document)
  validate = validatorOf(document)
})

/** Returns what a response violates in the document, or null if the document does not have its status. */
function violationsOf(path: Path, { status, headers, body }: RestAnswer): string[] | null {
  const response = operations.get(path)?.responses[status]
  if (response === undefined) return null
  const { content } =
    '$ref' in response
      ? (document.components.responses[response.$ref.replace('#/components/responses/', '')] ?? {})
      : response
  if (content === undefined) return body === undefined ? [] : ['has a body']
  const type = (headers.get('content-type') ?? '').replace(/;.*/, '')
  const schema: JsonSchema | undefined = content[type]?.schema
  if (schema === undefined) return [`has the type ${type}`]
  // An event is the text of JSON.
  const isEvent = schema.contentSchema !== undefined && typeof body === 'string'
  return validate(schema.contentSchema ?? schema, isEvent ? JSON.parse(body) : body)
}

describe('responses of the server and the document', () => {
  test.each(paths)('%s: a success has its schema', async (path) => {
    await using app = await testApp()
    // So that the caller is not the last admin.
    await newAdmin(app)
    const caller = await newAdmin(app)
    const input = await validInput(path, { app, caller, owner: caller })
    const answer = await callRest(app.url, path, input, caller.cookie)
    expect({ status: answer.status, violations: violationsOf(path, answer) }).toEqual({
      status: answer.status,
      violations: [],
    })
    expect(answer.status).toBeLessThan(300)
    const success = operations.get(path)?.responses[answer.status] ?? {}
    const documented = Object.keys('headers' in success ? (success.headers ?? {}) : {})
    const isCreated = documented.includes('Location')
    expect({ path, isCreated }).toEqual({ path, isCreated: answer.headers.has('location') })
    // Only a list that has a next page sends it.
    const isUndocumented = answer.headers.has('link') && !documented.includes('Link')
    expect({ path, isUndocumented }).toEqual({ path, isUndocumented: false })
  })

  test('failures of every operation have their schemas', async () => {
    await using app = await testApp({ settings: { limits: 'relaxed' } })
    const { cookie } = await newAdmin(app)
    const reasons = new Set<string | undefined>()
    for (const path of paths) {
      for (const [input, session] of [
        [{ id: unknownId, surprise: 1 }, undefined],
        [{ id: unknownId, surprise: 1 }, cookie],
        [{ id: unknownId }, cookie],
      ] as const) {
        const answer = await callRest(app.url, path, input, session)
        if (answer.status < 300) continue
        reasons.add(reasonOf(answer))
        expect({ path, violations: violationsOf(path, answer) }).toEqual({ path, violations: [] })
      }
    }
    expect([...reasons]).toEqual(expect.arrayContaining(['UNAUTHENTICATED', 'INVALID_INPUT', 'NOT_FOUND']))
  })
})
