import { needsAdmin } from './guards.ts'
import type { ProvocationsOf } from './provocation.ts'

export const audit = {
  'audit.list': needsAdmin,
} satisfies ProvocationsOf<'audit'>
