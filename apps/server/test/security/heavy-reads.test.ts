import { expect, test } from 'vitest'
import { toJSONSchema } from 'zod'
import type { z } from 'zod'
import { isHeavy } from '../../src/api/procedure-type.ts'
import type { Path } from '../support/procedure-types.ts'
import { paths, procedures } from '../support/procedures.ts'

/** Lists that wait for no slot, with the reason. */
const shortLists = {
  'auth.options': 'the names of the providers in the settings',
  'auth.session': 'the ways in which the session was authenticated',
} satisfies { [P in Path]?: string }

function hasList(path: Path): boolean {
  // Sound: tRPC's type of a procedure lacks only this key.
  const { output } = procedures[path]._def as { output?: z.core.$ZodType }
  return output !== undefined && JSON.stringify(toJSONSchema(output)).includes('"type":"array"')
}

test('heavy reads: every query that returns a list waits for a slot, unless the list is short', () => {
  const queries = paths.filter((path) => procedures[path]._def.type === 'query')
  const withoutSlot = queries.filter((path) => hasList(path) && !isHeavy(path))
  expect(withoutSlot.toSorted()).toEqual(Object.keys(shortLists))
})
