import { expect, test } from 'vitest'
import { z } from 'zod'
import { partText } from './part-text.ts'

const row = z.object({ id: z.string() })

async function* pages(...lists: unknown[][]) {
  yield* lists
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

test('export part: leaves out a column that the schema does not name, in a value and in a list', async () => {
  const whole = { id: 'a', password_hash: 'secret' }
  expect(await textOf(partText(row, Promise.resolve(whole)))).toBe('{"id":"a"}')
  expect(await textOf(partText(z.array(row), pages([whole], [whole])))).toBe('[\n{"id":"a"},\n{"id":"a"}\n]')
})

test('export part: fails when a row does not fit the schema', async () => {
  await expect(textOf(partText(z.array(row), pages([{ id: 'a' }], [{ id: 1 }])))).rejects.toThrow(
    'expected string',
  )
})

test('export part: a list without rows, or with an empty page, is valid JSON', async () => {
  expect(await textOf(partText(z.array(row), pages()))).toBe('[]')
  expect(
    JSON.parse(await textOf(partText(z.array(row), pages([{ id: 'a' }], [], [{ id: 'b' }])))),
  ).toHaveLength(2)
})
