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

test('session news: a change is sent again if it comes while the message about it is being sent', async () => {
  const messages: string[] = []
  const firstSend = Promise.withResolvers<void>()
  const news = createSessionNews({ wake: () => undefined }, () => ({
    isOpen: true,
    send: async (payload) => {
      messages.push(payload)
      if (messages.length === 1) await firstSend.promise
    },
    close: () => undefined,
  }))
  const id = newId(Date.now())
  news.notify([id])
  await expect.poll(() => messages).toEqual([id])
  news.notify([id])
  firstSend.resolve()
  await expect.poll(() => messages).toEqual([id, id])
})
