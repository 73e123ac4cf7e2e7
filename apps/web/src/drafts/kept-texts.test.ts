import { expect, test } from 'vitest'
import { KeptTexts } from './kept-texts.ts'

test('kept texts: no older version stays when the storage is too full for the newest', () => {
  const storage = storageFor(100)
  const texts = new KeptTexts(storage)
  texts.keep('note:1', 'ada', 'One')
  expect(texts.find('note:1', 'ada')).toBe('One')
  texts.keep('note:1', 'ada', 'One and two'.padEnd(100, '.'))

  expect(texts.find('note:1', 'ada')).toBeUndefined()
  expect(Object.keys(storage)).toEqual([])
})

test('kept texts: another user finds none, and the next user drops them', () => {
  const storage = storageFor(100)
  const texts = new KeptTexts(storage)
  texts.keep('note:1', 'ada', 'One')
  expect(texts.find('note:1', 'ben')).toBeUndefined()
  expect(texts.of('ben')).toEqual([])
  texts.claim('ada')
  expect(texts.of('ada')).toEqual([{ key: 'note:1', content: 'One' }])
  texts.claim('ben')
  expect(Object.keys(storage)).toEqual([])
})

/** Returns a session storage in memory that is full beyond `maxLength` characters of a value. */
function storageFor(maxLength: number): Storage {
  const values: Record<string, string> = Object.create({
    getItem: (name: string) => values[name] ?? null,
    removeItem: (name: string) => void Reflect.deleteProperty(values, name),
    setItem(name: string, value: string) {
      if (value.length > maxLength) throw new DOMException('', 'QuotaExceededError')
      values[name] = value
    },
  })
  // Sound: it has what the texts use.
  return values as unknown as Storage
}
