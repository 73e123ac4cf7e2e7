import { failures } from '@app/contract'
import type { Reason } from '@app/contract'
import type { Access } from '@app/router'
import { z } from 'zod'
import type { NamedTypes } from './named-types.ts'
import { printType } from './print-type.ts'

/** The description of one procedure for programs, with types as TypeScript text. */
export interface Procedure {
  path: string
  method: 'query' | 'mutate' | 'subscribe'
  description: string
  input: string
  isInputOptional: boolean
  value: string
  reasons: Reason[]
}

/** The part of a router that this package reads. tRPC stores its procedures by path. */
export interface RouterToPack {
  _def: { procedures: object }
}

interface Definition {
  type: 'query' | 'mutation' | 'subscription'
  meta?: Access
  inputs: z.core.$ZodType[]
  output?: z.core.$ZodType
}

const methods = { query: 'query', mutation: 'mutate', subscription: 'subscribe' } as const

export function describeProcedures(router: RouterToPack, types: NamedTypes): Procedure[] {
  // Sound: tRPC stores procedures, and all of them validate with zod.
  const procedures = router._def.procedures as Record<string, { _def: Definition }>
  return Object.entries(procedures).map(([path, { _def: definition }]) => {
    const { type, meta = {}, inputs } = definition
    if (meta.description === undefined) throw new Error(`${path} needs .meta({ description: '…' }).`)
    const [input, ...others] = inputs
    if (input === undefined || others.length > 0) throw new Error(`${path} needs exactly one .input(…).`)
    const schema = z.toJSONSchema(input, { io: 'input' })
    return {
      path,
      method: methods[type],
      description: meta.description,
      input: printType(schema, 'input'),
      isInputOptional: schema.default !== undefined,
      value: printValue(path, definition, types),
      reasons: Object.keys(failures).filter((reason): reason is Reason => reason in meta),
    }
  })
}

function printValue(path: string, { type, meta, output }: Definition, types: NamedTypes): string {
  if (meta?.download === true) return 'AsyncIterable<string>'
  const schema = type === 'subscription' ? meta?.event : output
  if (schema === undefined) {
    throw new Error(`${path} needs ${type === 'subscription' ? '.meta({ event: … })' : '.output(…)'}.`)
  }
  const value = types.print(schema)
  return type === 'subscription' ? `{ id: string; data: ${value} }` : value
}
