import { expect, test } from 'vitest'
import { z } from 'zod'
import { printDeclarations } from './print-declarations.ts'

const procedure = {
  type: 'query',
  meta: { description: 'Does it.' },
  inputs: [z.object({})],
  output: z.string(),
}

function declarationsOf(changes: object): string {
  return printDeclarations({ _def: { procedures: { 'it.do': { _def: { ...procedure, ...changes } } } } })
}

test('printDeclarations: prints the description of a procedure', () => {
  const meta = { description: 'Ends a comment: */' }
  expect(declarationsOf({ meta })).toContain('/** Ends a comment: *\\/ */')
})

test.each([
  ['no description', { meta: {} }, "it.do needs .meta({ description: '…' })."],
  ['no input', { inputs: [] }, 'it.do needs exactly one .input(…).'],
  ['no output', { output: undefined }, 'it.do needs .output(…).'],
  ['no event', { type: 'subscription' }, 'it.do needs .meta({ event: … }).'],
])('printDeclarations: rejects a procedure with %s', (_, changes, message) => {
  expect(() => declarationsOf(changes)).toThrow(message)
})
