import * as contract from '@app/contract'
import { z } from 'zod'
import { printType } from './print-type.ts'

/** Kinds of schemas that get a name; the types of all others are short. */
const namedKinds: ReadonlySet<string> = new Set(['object', 'union'])

/**
 * Prints types of values by the names that the contract exports, and collects the declarations of these
 * names.
 */
export class NamedTypes {
  readonly #registry = z.registry<{ id: string }>()
  readonly #used = new Map<string, string>()

  constructor() {
    for (const [name, value] of Object.entries(contract)) {
      if (value instanceof z.core.$ZodType && namedKinds.has(value._zod.def.type)) {
        this.#registry.add(value, { id: name })
      }
    }
  }

  print(schema: z.core.$ZodType): string {
    const { $defs = {}, ...type } = z.toJSONSchema(schema, { io: 'output', metadata: this.#registry })
    for (const [name, definition] of Object.entries($defs))
      this.#used.set(name, printType(definition, 'output'))
    return printType(type, 'output')
  }

  declarations(): string {
    return [...this.#used].map(([name, type]) => `export type ${name} = ${type}`).join('\n')
  }
}
