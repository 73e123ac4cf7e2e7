/**
 * The circumstances of what is done by whoever may run programs on this machine: no request, and the system
 * as its author.
 */
export const systemActor = {
  actor: { kind: 'system' },
  request: { id: null, ip: null, userAgent: null },
} as const
