import { needsAdmin, needsScope } from './guards.ts'
import type { ProvocationsOf } from './provocation.ts'

export const audit = {
  'audit.list': { ...needsAdmin, ...needsScope },
} satisfies ProvocationsOf<'audit'>
