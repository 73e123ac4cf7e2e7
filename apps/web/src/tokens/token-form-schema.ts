import { CreateTokenInput } from '@app/contract'
import type { TokenScope } from '@app/contract'
import type * as z from 'zod/mini'
import type { FormSchema } from '../forms/form-schema.ts'

const { name, expiresInDays } = CreateTokenInput.shape

/** Returns the schema of the form for a new token, where the box of each scope has its name. */
export function tokenFormSchema(scopes: readonly TokenScope[]): FormSchema<z.infer<typeof CreateTokenInput>> {
  return {
    shape: { name, expiresInDays: { safeParse: (typed) => expiresInDays.safeParse(toNumber(typed)) } },
    safeParse: (values) => {
      // Sound: the values of a form are an object.
      const typed = values as Record<string, unknown>
      return CreateTokenInput.safeParse({
        name: typed['name'],
        scopes: scopes.filter((scope) => typed[scope] === true),
        expiresInDays: toNumber(typed['expiresInDays']),
      })
    },
  }
}

function toNumber(typed: unknown): number {
  return typeof typed === 'string' && typed.trim() !== '' ? Number(typed) : NaN
}
