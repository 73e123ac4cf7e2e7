import { useCallback } from 'react'
import { useLocation } from 'wouter'
import { useFlash } from '../components/flash.tsx'
import { guardLeave } from '../components/leave-guard.ts'
import { useDrafts } from '../drafts/drafts.tsx'
import { useKeptTexts } from '../drafts/kept-texts-context.tsx'
import { useSession } from '../session/session-context.ts'
import { dropLink } from './drop-link.ts'

/** Removes all data of the viewer from this tab and opens a page for visitors, with a message. */
export function useClearTab(): (path: '/' | '/login', message?: string) => void {
  const flash = useFlash()
  const drafts = useDrafts()
  const { texts } = useKeptTexts()
  const session = useSession()
  const [, navigate] = useLocation()
  return useCallback(
    (path, message) => {
      if (message === undefined) flash.dismiss()
      else flash.show(message, { path })
      drafts.clear()
      texts.clear()
      // The next user of the tab must not sign up with it.
      dropLink('invitation')
      guardLeave(null)
      session.signedOut()
      navigate(path)
    },
    [flash, drafts, texts, session, navigate],
  )
}
