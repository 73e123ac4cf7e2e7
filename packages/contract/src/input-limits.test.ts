import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import * as contract from './index.ts'
import { choice, cursor, id, length, page } from './input-edges.fixture.ts'
import type { Edge } from './input-edges.fixture.ts'
import { noteInputEdges } from './notes/input-edges.fixture.ts'

const username: Edge = { accepted: ['xx', 'x'.repeat(32)], rejected: ['x', 'x'.repeat(33)] }
// The longest address that email allows: 64 before the @ (RFC 5321 4.5.3.1), 254 in total.
const address = (characters: number) => `${'x'.repeat(64)}@${'y'.repeat(characters - 69)}.org`
const email: Edge = { accepted: [address(254)], rejected: [address(255)] }
/** Written out, so that a change of a limit in the code needs a change here. */
const edges: Record<string, Edge> = {
  'SignupInput.username': username,
  'SignupInput.password': length(8, 256),
  'SignupInput.name': length(1, 80),
  'SignupInput.email': email,
  'SignupInput.remember': choice,
  'LoginInput.username': length(1, 254),
  'LoginInput.password': length(1, 256),
  'LoginInput.remember': choice,
  'ElevateInput.password': length(1, 256),
  'ChangePasswordInput.currentPassword': length(1, 256),
  'ChangePasswordInput.newPassword': length(8, 256),
  'UpdateProfileInput.name': length(1, 80),
  'ListUsersInput.search': length(0, 100),
  'ListUsersInput.limit': page,
  'ListUsersInput.cursor': cursor,
  'ListAuditInput.userId': id,
  'ListAuditInput.event': { accepted: ['login'], rejected: ['', 'logins'] },
  'ListAuditInput.limit': page,
  'ListAuditInput.cursor': cursor,
  'ActivityInput.limit': page,
  'ActivityInput.cursor': cursor,
  'SessionIdInput.id': id,
  'SessionEventsInput.lastEventId': length(0, 100),
  'UserIdInput.id': id,
  'SetRoleInput.id': id,
  'SetRoleInput.role': { accepted: ['user', 'admin'], rejected: ['', 'Admin', 'min'] },
  'SetDisabledInput.id': id,
  'SetDisabledInput.disabled': choice,
  ...noteInputEdges,
}

const fields = new Map<string, { schema: z.ZodMiniType; field: string }>(
  Object.entries(contract).flatMap(([name, schema]) =>
    name.endsWith('Input') && schema instanceof z.ZodMiniType
      ? Object.keys(shapeOf(schema)).map((field) => [`${name}.${field}`, { schema, field }] as const)
      : [],
  ),
)

test('input limits: every field of every input is tested', () => {
  expect(Object.keys(edges).toSorted()).toEqual([...fields.keys()].toSorted())
})

describe('the limits', () => {
  test.each(Object.entries(edges))(
    'input limit of %s: accepts the limit and rejects what is beyond',
    (name, edge) => {
      const accepts = (value: unknown) => {
        const { schema, field = '' } = fields.get(name) ?? {}
        const issues = schema?.safeParse({ [field]: value }).error?.issues ?? []
        return issues.every(({ path }) => path[0] !== field)
      }
      expect(edge.accepted.map(accepts)).toEqual(edge.accepted.map(() => true))
      expect(edge.rejected.map(accepts)).toEqual(edge.rejected.map(() => false))
    },
  )
})

function shapeOf(schema: z.ZodMiniType): Record<string, unknown> {
  if (schema instanceof z.ZodMiniObject) return schema.shape
  if (schema instanceof z.ZodMiniPrefault) return shapeOf(schema.def.innerType as z.ZodMiniType)
  throw new TypeError('an input is an object')
}
