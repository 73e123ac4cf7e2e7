import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { newId } from '../../id.ts'
import { createSessionNews } from './news.ts'

test('session news: a flood of changes sends at most one message in 20 ms, and loses none', async () => {
  const messages: string[] = []
  const news = createSessionNews({ wake: () => undefined }, () => ({
    isOpen: true,
    send: async (payload) => {
      messages.push(payload)
      await sleep(1)
    },
    close: () => undefined,
  }))
  const begun = performance.now()
  const ids = new Set<string>()
  while (performance.now() - begun < 200) {
    const id = newId(Date.now())
    ids.add(id)
    news.notify([id])
    await sleep(1)
  }
  const received = () => new Set(messages.flatMap((payload) => payload.split(',')))
  await expect.poll(received).toEqual(ids)
  expect(messages.length).toBeLessThanOrEqual(1 + (performance.now() - begun) / 20)
})
