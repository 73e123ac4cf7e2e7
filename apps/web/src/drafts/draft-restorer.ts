import type { Self } from '@app/contract'
import type { QueryClient } from '@tanstack/react-query'
import type { Api } from '../api/api.ts'
import type { Session } from '../session/session.ts'
import type { Tabs } from '../session/tabs.ts'
import type { Drafts } from './drafts.tsx'

/** The dependencies of a draft. */
export interface DraftDeps {
  viewer: Self
  api: Api
  cache: QueryClient
  session: Session
  drafts: Drafts
  tabs: Tabs
}

/** Restores the unsaved documents of one feature after a crash or a reload. */
export interface DraftRestorer {
  keyPrefix: string
  /** Loads the code of the feature, which is not part of every page. */
  load: () => Promise<{ restoreDrafts: (deps: DraftDeps) => void }>
}
