import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { coalesceWrites, endResponse } from '../../src/http/coalesced-writes.ts'
import { listening } from '../support/listening.ts'

/** Makes three requests, and calls the function with their responses when all have come. */
async function threeAnswers(answer: (responses: ServerResponse[]) => void): Promise<string[]> {
  const responses: ServerResponse[] = []
  await using server = await listening((_request, response) => {
    if (responses.push(response) === 3) answer(responses)
  })
  const texts = Array.from({ length: 3 }, async () => {
    const answered = await fetch(server.url).catch(() => null)
    return answered?.text() ?? 'lost'
  })
  return (await Promise.all(texts)).toSorted()
}

const isEnded = ({ writableEnded }: ServerResponse) => writableEnded

test('coalesced writes: responses are written when all are made, before anything else runs', async () => {
  const ended: boolean[][] = []
  const texts = await threeAnswers((responses) => {
    coalesceWrites(() => {
      for (const [index, response] of responses.entries()) endResponse(response, `text ${index}`)
      ended.push(responses.map(isEnded))
    })
    ended.push(responses.map(isEnded))
  })
  expect(texts).toEqual(['text 0', 'text 1', 'text 2'])
  expect(ended).toEqual([
    [false, false, false],
    [true, true, true],
  ])
})

test('coalesced writes: a response that is made later is written at once', async () => {
  const ended: boolean[] = []
  const texts = await threeAnswers((responses) => {
    for (const response of responses) {
      endResponse(response, 'text')
      ended.push(isEnded(response))
    }
  })
  expect(texts).toEqual(['text', 'text', 'text'])
  expect(ended).toEqual([true, true, true])
})

test('coalesced writes: a client that has left and an error page do not hold up other responses', async () => {
  const texts = await threeAnswers(([first, second, third]) =>
    coalesceWrites(() => {
      if (first !== undefined) endResponse(first, 'first')
      if (second !== undefined) endResponse(second, 'second')
      if (third !== undefined) endResponse(third, 'third')
      first?.destroy()
      second?.end('error page')
    }),
  )
  expect(texts).toEqual(['error page', 'lost', 'third'])
})

test('coalesced writes: a response with two bodies is not sent', async () => {
  const texts = await threeAnswers((responses) =>
    coalesceWrites(() => {
      for (const response of responses) endResponse(response, 'first')
      responses[0]?.setHeader('Content-Length', 2)
      for (const response of responses.slice(0, 1)) endResponse(response, 'no')
    }),
  )
  expect(texts).toEqual(['first', 'first', 'lost'])
})

test('coalesced writes: responses are written after an error', async () => {
  const texts = await threeAnswers((responses) => {
    const failing = () =>
      coalesceWrites(() => {
        for (const response of responses) endResponse(response, 'text')
        throw new Error('planted')
      })
    expect(failing).toThrow('planted')
  })
  expect(texts).toEqual(['text', 'text', 'text'])
})

test('coalesced writes: a response whose head cannot be written does not hold up the others', async () => {
  const texts = await threeAnswers((responses) => {
    for (const response of responses.slice(0, 1)) response.statusCode = 1
    coalesceWrites(() => {
      for (const response of responses) endResponse(response, 'text')
    })
  })
  expect(texts).toEqual(['lost', 'text', 'text'])
})
