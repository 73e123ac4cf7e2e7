import { createContext, use, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useViewer } from '../session/viewer.ts'
import { KeptTexts, tabStorage, visitor } from './kept-texts.ts'

interface Kept {
  texts: KeptTexts
  /** The owner of the texts that are kept from now on. */
  owner: string
}

/** The default, for the showcase, keeps nothing. */
const KeptTextsContext = createContext<Kept>({ texts: new KeptTexts(null), owner: visitor })

export function KeptTextsProvider({ children }: { children: ReactNode }) {
  const [texts] = useState(() => new KeptTexts(tabStorage()))
  const { data: viewer } = useViewer()
  const owner = viewer?.id ?? visitor
  useEffect(() => {
    // While no user is logged in, texts are kept: the session may have ended unexpectedly.
    if (owner !== visitor) texts.claim(owner)
  }, [texts, owner])
  return <KeptTextsContext value={{ texts, owner }}>{children}</KeptTextsContext>
}

export function useKeptTexts(): Kept {
  return use(KeptTextsContext)
}

/** Returns whether there was text not yet stored on the server when the component mounted. */
export function useHasKeptTexts(): boolean {
  const { texts, owner } = useKeptTexts()
  const [hasTyped] = useState(() => texts.of(owner).length > 0)
  return hasTyped
}
