/**
 * The owner of texts that are typed while no user is logged in, in the forms of log-in and sign-up.
 */
export const visitor = 'visitor'

const prefix = 'typed:'

const forms = 'form:'

/** Returns the beginning of the keys of the forms on a page. */
export function formsOf(path: string): string {
  return `${forms}${path}:`
}

/**
 * Keeps unsaved text of this tab in session storage, so that a crash or a reload does not lose it. Session
 * storage belongs to one tab and ends with it. Each text is bound to the id of its owner: other users do not
 * see it, and a log-out deletes it. Passwords are never kept. Without storage or space nothing is kept.
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
      // The storage is full: an older version of this text would be worse than none.
      this.drop(key)
    }
  }

  drop(key: string): void {
    this.#storage?.removeItem(prefix + key)
  }

  /** @returns the kept content; undefined if there is none or another owner has it */
  find(key: string, owner: string): unknown {
    const kept = this.#read(prefix + key)
    return kept?.owner === owner ? kept.content : undefined
  }

  /** @returns key and content of all texts of the owner whose key begins with `start` */
  of(owner: string, start = ''): { key: string; content: unknown }[] {
    return this.#names().flatMap((name) => {
      const kept = name.startsWith(prefix + start) ? this.#read(name) : undefined
      return kept?.owner === owner ? [{ key: name.slice(prefix.length), content: kept.content }] : []
    })
  }

  /** Drops the texts of all other users, after the server confirmed the log-in of `owner`. */
  claim(owner: string): void {
    for (const name of this.#names()) if (this.#read(name)?.owner !== owner) this.#storage?.removeItem(name)
  }

  /** Drops what the owner typed into the forms of all pages except one. */
  dropForms(owner: string, { except }: { except: string }): void {
    for (const { key } of this.of(owner, forms)) if (!key.startsWith(formsOf(except))) this.drop(key)
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

/** @returns null if the browser blocks storage for this site */
export function tabStorage(): Storage | null {
  try {
    return sessionStorage
  } catch {
    return null
  }
}
