import type { CommonReason, ProtocolReason } from '@app/contract'
import { provocations } from '../provocations/provocations.ts'

/**
 * Checks that a response contains only declared failures, as the clients' types promise. The record of
 * provocations lists exactly the declared ones.
 * @returns the undeclared ones, such as `users.list: LAST_ADMIN`
 */
export function undeclaredFailures(json: string): string[] {
  // A response to HEAD has no body.
  const body: unknown = json === '' ? [] : JSON.parse(json)
  return (Array.isArray(body) ? body : [body]).flatMap((answer: unknown) => {
    const data = dig(dig(answer, 'error'), 'data')
    const reason = dig(dig(data, 'failure'), 'reason')
    if (typeof reason !== 'string' || Object.hasOwn(everywhere, reason)) return []
    const path = String(dig(data, 'path'))
    const declared = Object.hasOwn(provocations, path) ? dig(provocations, path) : undefined
    const isDeclared = dig(declared, reason) !== undefined
    return isDeclared ? [] : [`${path}: ${reason}`]
  })
}

const everywhere = {
  INVALID_INPUT: true,
  RATE_LIMITED: true,
  UNAVAILABLE: true,
  INTERNAL: true,
  TOKEN_NOT_ALLOWED: true,
  CROSS_ORIGIN: true,
  PAYLOAD_TOO_LARGE: true,
  UNSUPPORTED_MEDIA_TYPE: true,
  METHOD_NOT_ALLOWED: true,
  NO_SUCH_PROCEDURE: true,
  BATCH_REFUSED: true,
  MISDIRECTED: true,
} satisfies Record<CommonReason | ProtocolReason, true>

function dig(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
