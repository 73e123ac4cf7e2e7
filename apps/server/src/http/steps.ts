import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

/** A step that every request takes: it answers the request or calls `next`. Express accepts it too. */
export type Step = (request: IncomingMessage, response: ServerResponse, next: () => void) => unknown

type OnError = (error: unknown, request: IncomingMessage, response: ServerResponse) => void

/** Runs the steps in order. `onError` answers the request if one throws or rejects. */
export function runSteps(steps: readonly Step[], onError: OnError): RequestListener {
  return (request, response) => {
    let index = 0
    const next = () => {
      const step = steps[index]
      index += 1
      try {
        const running = step?.(request, response, next)
        if (running instanceof Promise) running.catch((error) => onError(error, request, response))
      } catch (error) {
        onError(error, request, response)
      }
    }
    next()
  }
}
