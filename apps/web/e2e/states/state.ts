import type { Page } from '@playwright/test'
import type { Servers } from '../setup/servers.ts'
import type { Server } from '../setup/start-server.ts'

/** A state of the app's pages, and how to reach it in a new browser profile. */
export interface State {
  /** The name of its test and of its screenshot. */
  name: string
  /** Opens the state. Resolves when the page does not change any more. */
  open(page: Page, server: Server): Promise<void>
  /** Settings of a separate server with an empty database. Without them the state uses the shared server. */
  settings?: Record<string, string>
  /** The browser errors that the state causes. */
  allowedErrors?: RegExp
}

/** Opens a state on a server with its settings. */
export async function openState(
  { open, settings }: State,
  { page, server, servers }: { page: Page; server: Server; servers: Servers },
): Promise<void> {
  await open(page, settings === undefined ? server : await servers.acquire(settings))
}
