import { useCallback } from 'react'
import { useLocation } from 'wouter'

import { useFlash } from '../components/flash.tsx'
import { useDrafts } from '../drafts/drafts.tsx'
import { useKeptTexts } from '../drafts/kept-texts-context.tsx'
import { useSession } from '../session/session-context.ts'

/** Drops everything of the person in this tab, and opens a page for strangers, with a word about it. */
export function useForget(): (path: '/' | '/login', word?: string) => void {
  const flash = useFlash()
  const drafts = useDrafts()
  const { texts } = useKeptTexts()
  const session = useSession()
  const [, navigate] = useLocation()
  return useCallback(
    (path, word) => {
      if (word === undefined) flash.dismiss()
      else flash.show(word, path)
      drafts.clear()
      texts.clear()
      session.leave()
      navigate(path)
    },
    [flash, drafts, texts, session, navigate],
  )
}
