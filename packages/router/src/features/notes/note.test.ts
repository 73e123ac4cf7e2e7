import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { noteLimits } from '@app/contract'
import { expect, test } from 'vitest'
import { toNoteSummary } from './note.ts'

setFlagsFromString('--expose-gc')
// Sound: the flag creates this function.
const collectGarbage = runInNewContext('gc') as () => void

function usedBytes(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

test('summary of a note: does not keep the text from which its preview was cut', () => {
  const note = { id: 'one', title: 'One', revision: 1, created_at: 0, updated_at: 0 }
  const textBytes = 4 * noteLimits.preview.source
  const before = usedBytes()
  const summaries = Array.from({ length: 2_000 }, () =>
    toNoteSummary({ ...note, body: Buffer.alloc(textBytes, '\u{1F5DD}').toString() }),
  )
  const bytesEach = (usedBytes() - before) / summaries.length
  expect(bytesEach).toBeLessThan(textBytes / 2)
  expect(summaries[0]?.preview).toBe('\u{1F5DD}'.repeat(noteLimits.preview.max / 2))
})
