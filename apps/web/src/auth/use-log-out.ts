import { useRef, useState } from 'react'
import { useApi } from '../api/api.ts'
import type { Message } from '../api/failure-text.ts'
import { buttonProblem } from '../api/form-problems.ts'
import { useFlash } from '../components/flash.tsx'
import { useDrafts } from '../drafts/drafts.tsx'
import { useViewer } from '../session/viewer.ts'
import { useShowSignedOut } from './use-show-signed-out.ts'

export interface LogOut {
  /** Saves drafts first, and stops if that fails, unless `discardUnsaved`. */
  logOut: (options?: { discardUnsaved?: boolean }) => Promise<void>
  pending: boolean
  /** Whether a log-out would lose text that could not be saved. */
  wouldLoseText: boolean
  cancel: () => void
}

export function useLogOut(): LogOut {
  const api = useApi()
  const flash = useFlash()
  const showSignedOut = useShowSignedOut()
  const drafts = useDrafts()
  const { data: viewer } = useViewer()
  const [pending, setPending] = useState(false)
  const [wouldLoseText, setWouldLoseText] = useState(false)
  const underWay = useRef(false)

  async function logOut({ discardUnsaved = false } = {}) {
    if (underWay.current) return
    underWay.current = true
    setPending(true)
    setWouldLoseText(false)
    if (!discardUnsaved) {
      await drafts.saveAll({ now: true })
      if (drafts.unsaved().some((writer) => writer.ownerId === viewer?.id)) {
        underWay.current = false
        setPending(false)
        setWouldLoseText(true)
        return
      }
    }
    const result = await api.attempt(api.client.auth.logout.mutate({}))
    underWay.current = false
    setPending(false)
    if (!result.ok) {
      flash.show(stillLoggedIn(buttonProblem(result.failure, result.requestId)), { kind: 'problem' })
      return
    }
    showSignedOut('You are logged out.')
  }

  return { logOut, pending, wouldLoseText, cancel: () => setWouldLoseText(false) }
}

function stillLoggedIn(message: Message): Message {
  const lead = 'You are still logged in.'
  return typeof message === 'string' ? `${lead} ${message}` : { ...message, text: `${lead} ${message.text}` }
}
