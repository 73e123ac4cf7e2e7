import { randomUUID } from 'node:crypto'
import { appRouter, createContext } from '@app/router'
import type { Services } from '@app/router'

export type Caller = ReturnType<typeof appRouter.createCaller>

/** A simulated browser: it calls procedures in this process, from its own address, and keeps its cookies. */
export class Browser {
  readonly #services: Services
  readonly #facts: { ip: string; userAgent: string }
  readonly #cookies = new Map<string, string>()

  constructor(services: Services, facts: { ip: string; userAgent: string }) {
    this.#services = services
    this.#facts = facts
  }

  async call<T>(work: (api: Caller) => Promise<T>): Promise<T> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const context = createContext(this.#services, { id: randomUUID(), ...this.#facts, cookie })
    try {
      return await work(appRouter.createCaller(context))
    } finally {
      for (const line of context.cookies.outgoing()) this.#keep(line)
    }
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    this.#cookies.set(name, value)
  }
}
