import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'
import { requestIdOf } from './request-id.ts'
import { sendPageFailure } from './send-failure.ts'

type AnswerError = (error: unknown, request: IncomingMessage, response: ServerResponse) => void

/** Logs an error that no step expected, and answers its request with INTERNAL. */
export function answerError(log: Logger): AnswerError {
  return (error, request, response) => {
    log.error({ requestId: requestIdOf(response), err: error }, 'a request failed')
    if (response.headersSent) return void response.destroy()
    sendPageFailure(request, response, { reason: 'INTERNAL' })
  }
}

/** Adapts it to Express, which knows such a handler by its four parameters. */
export function expressErrors(answer: AnswerError): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => answer(error, request, response)
}
