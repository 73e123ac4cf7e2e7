/** The audit context of actions of an operator on this machine: no request, and the system as actor. */
export const systemActor = {
  actor: { kind: 'system' },
  request: { id: null, ip: null, userAgent: null },
} as const

/** Returns the context of a call whose user was proved by the call itself, such as a log-in. */
export function actingAs<Ctx extends object>(ctx: Ctx, userId: string) {
  return { ...ctx, actor: { kind: 'user', id: userId } as const }
}
