interface Payload {
  uid?: string
  consumed?: number
  [field: string]: unknown
}

/** Returns a store for oidc-provider, whose own one prints a warning. Tests are shorter than its expiries. */
export function memoryAdapter() {
  const stored = new Map<string, Payload>()
  return class MemoryAdapter {
    readonly kind: string

    constructor(kind: string) {
      this.kind = kind
    }

    keyOf(id: string): string {
      return `${this.kind} ${id}`
    }

    async upsert(id: string, payload: Payload): Promise<void> {
      stored.set(this.keyOf(id), payload)
    }

    async find(id: string): Promise<Payload | undefined> {
      return stored.get(this.keyOf(id))
    }

    async findByUid(uid: string): Promise<Payload | undefined> {
      return [...stored].find(([key, each]) => key.startsWith(`${this.kind} `) && each.uid === uid)?.[1]
    }

    async consume(id: string): Promise<void> {
      const payload = stored.get(this.keyOf(id))
      if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1_000)
    }

    async destroy(id: string): Promise<void> {
      stored.delete(this.keyOf(id))
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, payload] of stored) if (payload['grantId'] === grantId) stored.delete(key)
    }
  }
}
