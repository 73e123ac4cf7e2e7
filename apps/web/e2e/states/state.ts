import type { Page } from '@playwright/test'

import type { Server } from '../setup/start-server.ts'

/** Something that the app can look like, and the way there in a fresh browser. */
export interface State {
  /** Also the name of its picture. */
  name: string
  /** Resolves when the page looks like that and stays so. */
  open(page: Page, server: Server): Promise<void>
  /** What the browser complains about on the way. */
  complaint?: RegExp
}
