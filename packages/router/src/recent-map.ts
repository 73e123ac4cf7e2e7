/** A cache in the memory of this process. */
export interface RecentMap<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
  delete(key: string): void
}

interface RecentMapOptions {
  /** How long a value is kept. Default: until 10,000 newer ones were set. */
  lifetimeMs?: number
  /** Milliseconds that never decrease. */
  now?: () => number
}

const maxKeys = 10_000

/** Caches the newest 10,000 values. */
export function createRecentMap<Value>({
  lifetimeMs = Infinity,
  now = () => performance.now(),
}: RecentMapOptions = {}): RecentMap<Value> {
  /** Oldest first, because a Map keeps the order of insertion. */
  const entries = new Map<string, { value: Value; setAt: number }>()
  return {
    get: (key) => {
      const entry = entries.get(key)
      return entry !== undefined && now() - entry.setAt < lifetimeMs ? entry.value : undefined
    },
    set: (key, value) => {
      entries.delete(key)
      entries.set(key, { value, setAt: now() })
      if (entries.size <= maxKeys) return
      for (const oldest of entries.keys()) return void entries.delete(oldest)
    },
    delete: (key) => void entries.delete(key),
  }
}
