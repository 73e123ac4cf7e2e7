import { createContext, use, useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
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
  const [path] = useLocation()
  const isKnown = viewer !== undefined
  const lastOwner = useRef<string>(undefined)
  useEffect(() => {
    if (!isKnown) return
    // After a log-in, the log-in page opens the page on which the text was typed.
    if (lastOwner.current === undefined || lastOwner.current === owner)
      texts.dropForms(owner, { except: path })
    lastOwner.current = owner
  }, [texts, isKnown, owner, path])
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
