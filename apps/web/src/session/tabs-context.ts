import { createContext, use } from 'react'
import type { Tabs } from './tabs.ts'

const TabsContext = createContext<Tabs | null>(null)

export const TabsProvider = TabsContext.Provider

export function useTabs(): Tabs {
  const tabs = use(TabsContext)
  if (tabs === null) throw new TypeError('useTabs is called outside TabsProvider')
  return tabs
}
