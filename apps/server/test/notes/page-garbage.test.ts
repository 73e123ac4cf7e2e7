import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { noteLimits } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { get } from '../support/raw-call.ts'
import { fillWithNotes, longestBody } from './fill-with-notes.ts'

setFlagsFromString('--expose-gc')
// Sound: the flag creates this function.
const collectGarbage = runInNewContext('gc') as (options: { type: 'minor' }) => void

/** Collects the young generation twice, so that what is still reachable from old objects becomes old. */
async function oldBytes(): Promise<number> {
  for (let round = 0; round < 2; round += 1) {
    await new Promise((resolve) => setImmediate(resolve))
    collectGarbage({ type: 'minor' })
  }
  return getHeapSpaceStatistics()
    .filter(({ space_name }) => /^(old|large_object)_space$/.test(space_name))
    .reduce((bytes, space) => bytes + space.space_used_size, 0)
}

describeOnEach('garbage of pages', (databaseKind) => {
  // Old garbage needs a major collection, which delays the calls of all users by about 30 ms.
  test('page: the texts that were read for it are freed with the young generation', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await newUser(app)
    const title = '\u{1F5DD}'.repeat(noteLimits.title.max)
    await fillWithNotes(app, ada.id, 100, () => longestBody, title)
    const readBytes = 100 * 2 * (title.length + noteLimits.preview.max)
    const input = encodeURIComponent(JSON.stringify({ limit: 100 }))
    const grown: number[] = []
    let before = 0
    for (let page = 0; page < 15; page += 1) {
      expect((await get(app.url, `notes.list?input=${input}`, ada.cookie)).status).toBe(200)
      const bytes = await oldBytes()
      grown.push(bytes - before)
      before = bytes
    }
    expect(grown.toSorted((a, b) => a - b)[7]).toBeLessThan(readBytes)
  })
})
