import * as z from 'zod/mini'
import * as contract from './index.ts'

interface InputField {
  /** The schema of an object: an input, or one member of an input that is a union. */
  schema: z.ZodMiniType
  field: string
}

/**
 * Every field of every input, as `LoginInput.username` or, in a union, `ElevateInput[otp].code`. The field
 * that selects a member of a union is not listed.
 */
export const inputFields: ReadonlyMap<string, InputField> = new Map(
  Object.entries(contract).flatMap(([name, schema]) =>
    name.endsWith('Input') && schema instanceof z.ZodMiniType
      ? objectsIn(name, schema).flatMap(([object, of, selector]) =>
          Object.keys(of.shape)
            .filter((field) => field !== selector)
            .map((field) => [`${object}.${field}`, { schema: of, field }] as const),
        )
      : [],
  ),
)

type ObjectSchema = z.ZodMiniObject<Record<string, z.ZodMiniType>>

function objectsIn(
  name: string,
  schema: z.ZodMiniType,
): [name: string, schema: ObjectSchema, selector?: string][] {
  // Sound: the fields of an input are schemas.
  if (schema instanceof z.ZodMiniObject) return [[name, schema as ObjectSchema]]
  if (schema instanceof z.ZodMiniPrefault) return objectsIn(name, schema.def.innerType as z.ZodMiniType)
  if (schema instanceof z.ZodMiniDiscriminatedUnion) {
    const { options, discriminator } = schema.def as z.core.$ZodDiscriminatedUnionDef<ObjectSchema[]>
    return options.map((member) => [`${name}[${nameOf(member, discriminator)}]`, member, discriminator])
  }
  throw new TypeError('an input is an object')
}

/** Returns the value that selects a member of a union. */
function nameOf({ shape }: ObjectSchema, discriminator: string): string {
  const own = shape[discriminator]
  const literal = own instanceof z.ZodMiniOptional ? own.def.innerType : own
  if (!(literal instanceof z.ZodMiniLiteral)) throw new TypeError('a member has a literal')
  return String(literal.def.values[0])
}
