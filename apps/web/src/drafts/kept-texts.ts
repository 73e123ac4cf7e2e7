/**
 * What the owner of texts is called that are typed while no user is logged in: in the forms of log-in and
 * sign-up.
 */
export const visitor = 'visitor'

const prefix = 'typed:'

/**
 * Keeps what was typed in this tab and is stored nowhere else yet, so that a crash or a reload does not lose
 * it. Session storage belongs to one tab and ends with it. Each text is bound to the id of its owner; no
 * other user is shown it, and it goes with a log-out. Passwords are never among them. A browser that has no
 * room or no storage keeps nothing.
 */
export class KeptTexts {
  readonly #storage: Storage | null

  constructor(storage: Storage | null) {
    this.#storage = storage
  }

  keep(key: string, owner: string, content: unknown): void {
    try {
      this.#storage?.setItem(prefix + key, JSON.stringify({ owner, content }))
    } catch {
      // Full: an older version of this text would be worse than none.
      this.drop(key)
    }
  }

  drop(key: string): void {
    this.#storage?.removeItem(prefix + key)
  }

  /** @returns what was kept, or undefined when nothing was or it is another owner's */
  find(key: string, owner: string): unknown {
    const kept = this.#read(prefix + key)
    return kept?.owner === owner ? kept.content : undefined
  }

  /** @returns key and content of every text of the owner whose key begins with `start` */
  of(owner: string, start = ''): { key: string; content: unknown }[] {
    return this.#names().flatMap((name) => {
      const kept = name.startsWith(prefix + start) ? this.#read(name) : undefined
      return kept?.owner === owner ? [{ key: name.slice(prefix.length), content: kept.content }] : []
    })
  }

  /** Drops everything that belongs to others: the server said that this user is logged in. */
  claim(owner: string): void {
    for (const name of this.#names()) if (this.#read(name)?.owner !== owner) this.#storage?.removeItem(name)
  }

  clear(): void {
    for (const name of this.#names()) this.#storage?.removeItem(name)
  }

  #names(): string[] {
    return Object.keys(this.#storage ?? {}).filter((name) => name.startsWith(prefix))
  }

  #read(name: string): { owner: unknown; content: unknown } | undefined {
    try {
      const kept: unknown = JSON.parse(this.#storage?.getItem(name) ?? 'null')
      if (typeof kept !== 'object' || kept === null || !('owner' in kept) || !('content' in kept))
        return undefined
      return kept
    } catch {
      return undefined
    }
  }
}

/** @returns null where the browser is set to keep nothing for this site */
export function tabStorage(): Storage | null {
  try {
    return sessionStorage
  } catch {
    return null
  }
}
