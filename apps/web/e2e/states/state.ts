import type { Page } from '@playwright/test'
import type { Servers } from '../setup/servers.ts'
import type { Server } from '../setup/start-server.ts'

/** Opens a state in a new browser profile. Resolves when the page does not change any more. */
export type Open = (page: Page, server: Server) => Promise<unknown>

export interface Options {
  open: Open
  /** Settings of a separate server with an empty database. Without them the state uses the shared server. */
  settings?: Record<string, string>
  /** The browser errors that the state causes. */
  allowedErrors?: RegExp
}

/** States of the app's pages, and how to reach them. The names are those of tests and screenshots. */
export type States = Record<string, Open | Options>

export interface State extends Options {
  name: string
}

export function stateOf([name, state]: [name: string, state: Open | Options]): State {
  return { name, ...(typeof state === 'function' ? { open: state } : state) }
}

/** Opens a state on a server with its settings. */
export async function openState(
  { open, settings }: State,
  { page, server, servers }: { page: Page; server: Server; servers: Servers },
): Promise<void> {
  await open(page, settings === undefined ? server : await servers.acquire(settings))
}
