import { createContext, use, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useViewer } from '../session/viewer.ts'
import { KeptTexts, tabStorage, visitor } from './kept-texts.ts'

interface Kept {
  texts: KeptTexts
  /** Whose texts are kept from now on. */
  owner: string
}

/** Outside the app, on the page of components, nothing is kept. */
const KeptTextsContext = createContext<Kept>({ texts: new KeptTexts(null), owner: visitor })

export function KeptTextsProvider({ children }: { children: ReactNode }) {
  const [texts] = useState(() => new KeptTexts(tabStorage()))
  const { data: viewer } = useViewer()
  const owner = viewer?.id ?? visitor
  useEffect(() => {
    // While no user is logged in, texts wait: a session may have ended with the page.
    if (owner !== visitor) texts.claim(owner)
  }, [texts, owner])
  return <KeptTextsContext value={{ texts, owner }}>{children}</KeptTextsContext>
}

export function useKeptTexts(): Kept {
  return use(KeptTextsContext)
}

/** Returns whether text that the user typed was not stored yet when the component mounted. */
export function useHasKeptTexts(): boolean {
  const { texts, owner } = useKeptTexts()
  const [hasTyped] = useState(() => texts.of(owner).length > 0)
  return hasTyped
}
