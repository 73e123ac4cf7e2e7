import { needsAdministrator } from './guards.ts'
import type { ProvocationsOf } from './provocation.ts'

export const audit = {
  'audit.list': needsAdministrator,
} satisfies ProvocationsOf<'audit'>
