import { tokenScopes } from '@app/contract'
import type { TokenScope } from '@app/contract'
import type { AnyProcedure, inferProcedureErrorShape } from '@trpc/server'
import { expect, expectTypeOf, test } from 'vitest'
import type { Access } from './access.ts'
import { appRouter } from './router.ts'
import type { AppRouter } from './router.ts'

// Run by the compiler: the error type of a procedure names the scope that it accepts.

type Features = AppRouter['_def']['record']

type ScopeOf<Procedure> = Procedure extends AnyProcedure
  ? inferProcedureErrorShape<AppRouter, Procedure> extends infer Shape
    ? Shape extends { data: { failure: { reason: 'SCOPE_REQUIRED'; scope: infer S extends TokenScope } } }
      ? S
      : never
    : never
  : never

/** The scopes that the queries, or the mutations, of a feature accept. */
type ScopesIn<Feature, Type> = {
  [Name in keyof Feature]: Feature[Name] extends { _def: { type: Type } } ? ScopeOf<Feature[Name]> : never
}[keyof Feature]

type Accepted = {
  [Name in keyof Features]: ScopesIn<Features[Name], string>
}[keyof Features]

test('scopes: each is accepted by a procedure, and each accepted one is in the list', () => {
  expectTypeOf<Accepted>().toEqualTypeOf<TokenScope>()
})

test('scopes: queries accept the read scope of their feature, and mutations its write scope', () => {
  type Wrong = {
    [Name in keyof Features]:
      | Exclude<ScopesIn<Features[Name], 'query'>, `${Name}:read`>
      | Exclude<ScopesIn<Features[Name], 'mutation'>, `${Name}:write`>
      | ScopesIn<Features[Name], 'subscription'>
  }[keyof Features]
  expectTypeOf<Wrong>().toEqualTypeOf<never>()
  // The types are not empty.
  expectTypeOf<ScopeOf<Features['account']['me']>>().toEqualTypeOf<'account:read'>()
  expectTypeOf<ScopeOf<Features['account']['close']>>().toEqualTypeOf<never>()
})

test('scopes: the types show what the guards enforce', () => {
  // Sound: tRPC keeps the procedures flat by path; the declared type shows the tree as written.
  const procedures = appRouter._def.procedures as object as Record<string, AnyProcedure>
  const metas = Object.values(procedures).map(({ _def: { meta } }) => meta as Access)
  const enforced = new Set(metas.flatMap(({ scope }) => (scope === undefined ? [] : [scope])))
  expect([...enforced].toSorted()).toEqual([...tokenScopes].toSorted())
})
