import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { createFairStarts } from '../../src/admission/fair-starts.ts'

setFlagsFromString('--expose-gc')
// Sound: the flag creates this function.
const collectGarbage = runInNewContext('gc') as () => void

test('fair starts: a request that waits leaves the memory when its client leaves', async () => {
  const starts = createFairStarts()
  const start = () => {
    const response = new ServerResponse(new IncomingMessage(new Socket()))
    starts.start(
      {
        response,
        key: 'a',
        network: '192.0.2',
        credentialId: null,
        running: 1,
        costInWindow: Infinity,
        cost: 1,
      },
      () => undefined,
    )
    return response
  }
  const running = start()
  const left = Array.from({ length: 100 }, () => {
    const response = start()
    response.emit('close')
    return new WeakRef(response)
  })
  // A reference that was made in this turn of the event loop is kept until its end.
  await new Promise((resolve) => setTimeout(resolve, 10))
  collectGarbage()
  expect(left.filter((reference) => reference.deref() !== undefined)).toEqual([])
  expect(running.destroyed).toBe(false)
})
