import type { Page } from '@playwright/test'

import { type Server, startServer } from '../setup/start-server.ts'

/** Something that the app can look like, and the way there in a fresh browser. */
export interface State {
  /** Also the name of its picture. */
  name: string
  /** Resolves when the page looks like that and stays so. */
  open(page: Page, server: Server): Promise<void>
  /** Asks for a server of its own, with these settings; the others share one. */
  settings?: Record<string, string>
  /** What the browser complains about on the way. */
  complaint?: RegExp
}

/** Opens a state, looks, and stops the server that was started for it. */
export async function withState(
  state: State,
  { page, server }: { page: Page; server: Server },
  look: () => Promise<void>,
): Promise<void> {
  await using own = state.settings === undefined ? undefined : await startServer(state.settings)
  await state.open(page, own ?? server)
  await look()
}
