import type { Page } from '@playwright/test'
import type { Servers } from '../setup/servers.ts'
import type { Server } from '../setup/start-server.ts'

/** Something that the app can look like, and the way there in a fresh browser. */
export interface State {
  /** Also the name of its picture. */
  name: string
  /** Resolves when the page looks like that and stays so. */
  open(page: Page, server: Server): Promise<void>
  /** Asks for an empty server with these settings; the others share one. */
  settings?: Record<string, string>
  /** What the browser complains about on the way. */
  allowedErrors?: RegExp
}

/** Opens a state, in an installation as it needs it. */
export async function openState(
  { open, settings }: State,
  { page, server, servers }: { page: Page; server: Server; servers: Servers },
): Promise<void> {
  await open(page, settings === undefined ? server : await servers.acquire(settings))
}
