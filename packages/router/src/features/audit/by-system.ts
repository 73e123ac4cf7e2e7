/** The audit context of actions of an operator on this machine: no request, and the system as actor. */
export const systemActor = {
  actor: { kind: 'system' },
  request: { id: null, ip: null, userAgent: null },
} as const
