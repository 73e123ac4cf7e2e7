import { createContext, use, useEffect, useState } from 'react'
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

interface KeptTextsProviderProps {
  /** Returns whether a page may redirect a logged-in user to the page on which the user typed. */
  isAuthPage: (path: string) => boolean
  children: ReactNode
}

export function KeptTextsProvider({ isAuthPage, children }: KeptTextsProviderProps) {
  const [texts] = useState(() => new KeptTexts(tabStorage()))
  const { data: viewer } = useViewer()
  const owner = viewer?.id ?? visitor
  useEffect(() => {
    // While no user is logged in, texts are kept: the session may have ended unexpectedly.
    if (owner !== visitor) texts.claim(owner)
  }, [texts, owner])
  const [path] = useLocation()
  const isKnown = viewer !== undefined
  // The texts of the page that opens next are kept.
  const isRedirected = owner !== visitor && isAuthPage(path)
  useEffect(() => {
    if (isKnown && !isRedirected) texts.dropForms(owner, { except: path })
  }, [texts, isKnown, isRedirected, owner, path])
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
