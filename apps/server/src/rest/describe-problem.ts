import { failureDetails, failures } from '@app/contract'
import type { Reason } from '@app/contract'
import type { RequestHandler } from 'express'
import { z } from 'zod'
import { problemTypePath } from './problem.ts'

/** Describes a `type` of problem, below /api/problems: its reason, status, and the schema of its details. */
export const describeProblem: RequestHandler = (request, response, next) => {
  const reason = request.path.slice(1)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!isRead || !isReason(reason)) return next()
  const { status, text } = failures[reason]
  response.json({ type: problemTypePath(reason), title: text, status, reason, details: schemaOf(reason) })
}

/** Making one takes as long as the rest of the request, which no allowance counts. */
const schemas = new Map<Reason, object>()

function schemaOf(reason: Reason): object {
  const known = schemas.get(reason)
  if (known !== undefined) return known
  const details: Partial<Record<Reason, z.core.$ZodType>> = failureDetails
  const { [reason]: type = z.object({}) } = details
  const schema = z.toJSONSchema(type)
  schemas.set(reason, schema)
  return schema
}

function isReason(text: string): text is Reason {
  return Object.hasOwn(failures, text)
}
