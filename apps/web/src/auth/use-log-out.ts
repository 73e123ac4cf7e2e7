import { useRef, useState } from 'react'
import { useApi } from '../api/api.ts'
import type { Message } from '../api/failure-text.ts'
import { buttonProblem } from '../api/form-problems.ts'
import { useFlash } from '../components/flash.tsx'
import { useDrafts } from '../drafts/drafts.tsx'
import { useViewer } from '../session/viewer.ts'
import { useShowSignedOut } from './use-show-signed-out.ts'

interface LogOut {
  /**
   * Saves what is being written first. When that fails nothing else happens, unless the text is `unwanted`.
   */
  logOut: (text?: 'unwanted') => Promise<void>
  pending: boolean
  /** A text could not be saved and would be lost. */
  isLosing: boolean
  stay: () => void
}

export function useLogOut(): LogOut {
  const api = useApi()
  const flash = useFlash()
  const showSignedOut = useShowSignedOut()
  const drafts = useDrafts()
  const { data: viewer } = useViewer()
  const [pending, setPending] = useState(false)
  const [isLosing, setLosing] = useState(false)
  const underWay = useRef(false)

  async function logOut(text?: 'unwanted') {
    if (underWay.current) return
    underWay.current = true
    setPending(true)
    setLosing(false)
    if (text !== 'unwanted') {
      await drafts.saveAll({ now: true })
      if (drafts.unsaved().some((writer) => writer.ownerId === viewer?.id)) {
        underWay.current = false
        setPending(false)
        setLosing(true)
        return
      }
    }
    const result = await api.attempt(api.client.auth.logout.mutate({}))
    underWay.current = false
    setPending(false)
    if (!result.ok) {
      flash.show(stillLoggedIn(buttonProblem(result.failure, result.requestId)))
      return
    }
    showSignedOut('Successfully logged out.')
  }

  return { logOut, pending, isLosing, stay: () => setLosing(false) }
}

function stillLoggedIn(message: Message): Message {
  const lead = 'You are still logged in.'
  return typeof message === 'string' ? `${lead} ${message}` : { ...message, text: `${lead} ${message.text}` }
}
